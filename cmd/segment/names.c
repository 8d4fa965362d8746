// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The Chinese labels are plain translations of ours, each different from the others. The eight names by high and low R,
 * F and M that are common in Chinese texts are another scheme, with other borders, and not these.
 */
#include "names.h"

#include <stddef.h>

const char *const names_words[] = {"en", "zh", NULL};

static const struct {
    const char *label;
    const char *chinese;
} translations[] = {
    {"champions", "冠军客户"},
    {"loyal", "忠诚客户"},
    {"potential-loyalist", "潜在忠诚客户"},
    {"new", "新客户"},
    {"promising", "有潜力客户"},
    {"need-attention", "需关注客户"},
    {"about-to-sleep", "趋于沉睡客户"},
    {"at-risk", "有流失风险客户"},
    {"cannot-lose", "不可失去客户"},
    {"hibernating", "沉睡客户"},
    {"lost", "已流失客户"},
    {"prospect", "潜在客户"},
};

struct slice names_label(enum names names, struct slice label)
{
    for (size_t i = 0; names == NAMES_ZH && i < sizeof translations / sizeof translations[0]; i++) {
        if (slice_is(label, translations[i].label)) {
            return slice_of(translations[i].chinese);
        }
    }
    return label;
}
