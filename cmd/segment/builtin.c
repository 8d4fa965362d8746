// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The built-in rule sets, written to be read: what is dumped is a start for the user's own file.
 *
 * rfm11 is the list of 125 triples that public RFM notebooks repeat; copies differ in 231, 241 and 251 only, which are
 * "about to sleep" here: bought often, spent little, begin to drift. rfm10 is the map of 25 pairs for those without
 * amounts. Neither has a gap or an overlap. 'prospect' is ours.
 */
#include "builtin.h"

#include <stddef.h>
#include <string.h>

static const char rfm11[] =
    "# rfm11: eleven groups by r_score, f_score and m_score, each 1 to 5, 5 the best.\n"
    "# 451 stands for r_score 4, f_score 5, m_score 1; each of the 125 triples is in exactly one group.\n"
    "prospect           : r_score is missing and f_score is missing and m_score is missing\n"
    "champions          : r_score*100 + f_score*10 + m_score in (445, 454, 455, 544, 545, 554, 555)\n"
    "loyal              : r_score*100 + f_score*10 + m_score in (335, 344, 345, 354, 355, 435, 444, 543)\n"
    "potential-loyalist : r_score*100 + f_score*10 + m_score in (323, 333, 341, 342, 351, 352, 353, 423,\n"
    "                                                            431, 432, 433, 441, 442, 451, 452, 453,\n"
    "                                                            531, 532, 533, 541, 542, 551, 552, 553)\n"
    "new                : r_score*100 + f_score*10 + m_score in (311, 411, 412, 421, 422, 511, 512)\n"
    "promising          : r_score*100 + f_score*10 + m_score in (313, 314, 315, 413, 414, 415, 424, 425,\n"
    "                                                            513, 514, 515, 521, 522, 523, 524, 525)\n"
    "need-attention     : r_score*100 + f_score*10 + m_score in (324, 325, 334, 343, 434, 443, 534, 535)\n"
    "about-to-sleep     : r_score*100 + f_score*10 + m_score in (213, 221, 231, 241, 251, 312, 321, 331)\n"
    "at-risk            : r_score*100 + f_score*10 + m_score in (124, 125, 133, 134, 135, 142, 143, 145,\n"
    "                                                            152, 153, 224, 225, 234, 235, 242, 243,\n"
    "                                                            244, 245, 252, 253, 254, 255)\n"
    "cannot-lose        : r_score*100 + f_score*10 + m_score in (113, 114, 115, 144, 154, 155, 214, 215)\n"
    "hibernating        : r_score*100 + f_score*10 + m_score in (122, 123, 132, 211, 212, 222, 223, 232,\n"
    "                                                            233, 322, 332)\n"
    "lost               : r_score*100 + f_score*10 + m_score in (111, 112, 121, 131, 141, 151)\n";

static const char rfm10[] =
    "# rfm10: ten groups by r_score and f_score, each 1 to 5, 5 the best, for those without amounts.\n"
    "# Each of the 25 pairs is in exactly one group.\n"
    "prospect           : r_score is missing and f_score is missing\n"
    "champions          : r_score = 5 and f_score >= 4\n"
    "loyal              : r_score between 3 and 4 and f_score >= 4\n"
    "potential-loyalist : r_score >= 4 and f_score between 2 and 3\n"
    "new                : r_score = 5 and f_score = 1\n"
    "promising          : r_score = 4 and f_score = 1\n"
    "need-attention     : r_score = 3 and f_score = 3\n"
    "about-to-sleep     : r_score = 3 and f_score <= 2\n"
    "at-risk            : r_score <= 2 and f_score between 3 and 4\n"
    "cannot-lose        : r_score <= 2 and f_score = 5\n"
    "hibernating        : r_score <= 2 and f_score <= 2\n";

// In the order of the list of names.
static const char *const names[] = {"rfm11", "rfm10", NULL};
static const char *const sources[] = {rfm11, rfm10};

bool builtin_find(const char *name, struct slice *source)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            *source = slice_of(sources[i]);
            return true;
        }
    }
    return false;
}

const char *const *builtin_names(void)
{
    return names;
}
