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
    // stages of a customer or member
    {"interested", "意向客户"},
    {"repeat", "复购客户"},
    {"advocate", "推荐客户"},
    {"core", "骨干"},
    {"host", "群主"},
    {"paused", "暂停客户"},
    {"lapsed", "久未来客户"},
    // phases of a group
    {"founding", "筹建期"},
    {"growing", "成长期"},
    {"settled", "稳定期"},
    {"fading", "衰退期"},
    // tiers of return
    {"high", "高回报"},
    {"medium", "中回报"},
    {"low", "低回报"},
    {"negative", "负回报"},
    // how much of the activity is whose
    {"top", "核心成员"},
    {"regular", "活跃成员"},
    {"casual", "偶尔参与"},
    {"observer", "旁观成员"},
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

struct slice names_english(struct slice label)
{
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++) {
        if (slice_is(label, translations[i].chinese)) {
            return slice_of(translations[i].label);
        }
    }
    return label;
}
