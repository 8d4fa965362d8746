// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The built-in rule sets, written to be read: what is dumped is a start for the user's own file.
 *
 * rfm11 is the list of 125 triples that public RFM notebooks repeat; copies differ in 231, 241 and 251 only, which are
 * "about to sleep" here: bought often, spent little, begin to drift. rfm10 is the map of 25 pairs for those without
 * amounts. Neither has a gap or an overlap. 'prospect' is ours.
 *
 * The stages are won by deeds (Orbit's model of communities; CHAOSS metrics), not by shares; the bounds are
 * conventions, as are the limits of the treatments, of which the promotions of prospects are kept below the usual one a
 * week.
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

static const char stage[] =
    "# stage: where a customer of a shop, or a member of a community, stands. The first rule that is true counts.\n"
    "# A rule whose column is absent is left out. Columns:\n"
    "#   orders, last_order, recency   of 'score rfm': one of the last two will do\n"
    "#   role                          host or core, for those who were appointed\n"
    "#   referrals, replies, posts,    how often in the last three months, say: customers sent, answers given,\n"
    "#   clicked, opened               messages written, links followed, mails opened\n"
    "#   last_active                   the day on which the member was last seen\n"
    "#   paused_until                  the day up to which he asked to be left alone\n"
    "paused     : paused_until >= today\n"
    "host       : lower(role) in ('host', 'moderator', 'admin', '群主', '管理员')\n"
    "core       : lower(role) in ('core', 'volunteer', '骨干', '核心成员')\n"
    "core       : replies >= 20\n"
    "advocate   : referrals >= 1\n"
    "# Who bought: by the last order and the number of orders.\n"
    "lost       : orders >= 1 and last_order < today-365d\n"
    "lost       : orders >= 1 and recency > 365\n"
    "lapsed     : orders >= 1 and last_order < today-180d\n"
    "lapsed     : orders >= 1 and recency > 180\n"
    "lapsed     : orders = 1 and last_order < today-90d\n"
    "lapsed     : orders = 1 and recency > 90\n"
    "loyal      : orders >= 4\n"
    "repeat     : orders >= 2\n"
    "new        : orders >= 1\n"
    "# Who never bought: by what he does.\n"
    "lost       : last_active < today-365d\n"
    "lapsed     : last_active < today-180d\n"
    "interested : posts >= 1\n"
    "interested : replies >= 1\n"
    "interested : clicked >= 1\n"
    "interested : opened >= 3\n"
    "prospect   : else\n";

static const char group[] =
    "# group: the phase of a whole group, from the rows of 'funnel growth --by=group', one a group and period.\n"
    "# Columns: active, new, retained, resurrected, churned. Members a period before are retained + churned.\n"
    "fading   : active = 0\n"
    "founding : new > active / 2\n"
    "growing  : new + resurrected - churned >= (retained + churned) / 10\n"
    "fading   : churned - new - resurrected >= (retained + churned) / 10\n"
    "settled  : active > 0\n";

static const char stage_treatments[] = "stage,treatment,max_contacts\n"
                                       "prospect,few promotions: something useful now and then,1/30d\n"
                                       "interested,fewer promotions: answer what they ask,1/14d\n"
                                       "new,after-sales care: did all arrive and does it work,3/30d\n"
                                       "repeat,what goes with what they bought,2/30d\n"
                                       "loyal,first to know: previews and early access,3/30d\n"
                                       "advocate,thanks and something to pass on,1/7d\n"
                                       "core,ask for advice and give them a part,2/7d\n"
                                       "host,help with the group: material and a direct line,3/7d\n"
                                       "paused,a smaller offer and a date to come back,1/30d\n"
                                       "lapsed,ask what is missing and make one offer,1/30d\n"
                                       "lost,a last question and then silence,1/90d\n";

static const char stage_treatments_zh[] = "stage,treatment,max_contacts\n"
                                          "潜在客户,少推销：偶尔分享有用内容,1/30d\n"
                                          "意向客户,减少促销：先解答疑问,1/14d\n"
                                          "新客户,售后关怀：是否收到、是否会用,3/30d\n"
                                          "复购客户,推荐与已购商品搭配的产品,2/30d\n"
                                          "忠诚客户,优先预告和抢先购买,3/30d\n"
                                          "推荐客户,致谢并提供可转发的内容,1/7d\n"
                                          "骨干,征求意见并分派角色,2/7d\n"
                                          "群主,协助运营：提供素材和专线支持,3/7d\n"
                                          "暂停客户,更小的方案和约定回归日期,1/30d\n"
                                          "久未来客户,询问原因并给一次优惠,1/30d\n"
                                          "已流失客户,最后问候一次后不再打扰,1/90d\n";

static const char group_treatments[] = "stage,treatment,max_contacts\n"
                                       "founding,greet everybody by name and ask for a first post,3/7d\n"
                                       "growing,welcome newcomers and let members bring others,3/7d\n"
                                       "settled,fewer promotions: a fixed programme and members as hosts,2/7d\n"
                                       "fading,ask what is missing: one event or a new start,1/7d\n";

static const char group_treatments_zh[] = "stage,treatment,max_contacts\n"
                                          "筹建期,逐一欢迎并邀请首次发言,3/7d\n"
                                          "成长期,欢迎新人并鼓励成员邀请朋友,3/7d\n"
                                          "稳定期,减少促销：固定活动并由骨干主持,2/7d\n"
                                          "衰退期,询问需求：办一次活动或重新开始,1/7d\n";

// In the order of the list of names.
static const char *const names[] = {"rfm11", "rfm10", "stage", "group", NULL};
static const char *const sources[] = {rfm11, rfm10, stage, group};

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

struct slice builtin_treatments(const char *name, enum names language)
{
    if (strcmp(name, "group") == 0) {
        return slice_of(language == NAMES_ZH ? group_treatments_zh : group_treatments);
    }
    return slice_of(language == NAMES_ZH ? stage_treatments_zh : stage_treatments);
}
