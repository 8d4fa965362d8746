// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * starter: the policies of --dump.
 *
 * The days follow common practice in shops: after-sales care on day 3, 14 and 30, win-back at twice the customer's own
 * gap, few offers to people who never bought.
 */
#include "starter.h"

const char starter_shop[] =
    "rule,segment,when,touch,anchor,after,every,factor,min,max,grace,stop,channel,owner,cost,minutes,priority,tag,"
    "escalate\n"
    "# After-sales care of a first order; a second order ends it.\n"
    "AS3,,orders = 1,ask whether all arrived "
    "well,first_order,3d,,,,,7d,last_order,phone,service,0.50,5,1,service,3d:lead\n"
    "AS14,,orders = 1,ask how it works out,first_order,14d,,,,,7d,last_order,message,service,0.10,3,2,service,\n"
    "AS30,,orders = 1,show what goes with it,first_order,30d,,,,,7d,last_order,message,service,0.10,3,3,service,\n"
    "# Gone for twice as long as usual: call while it is not too late.\n"
    "WB,at-risk|cannot-lose|about-to-sleep|need-attention,,win "
    "back,last_order,,,2,30d,1y,,,phone,sales,1.00,10,2,service,\n"
    "# The best deserve a word without an offer.\n"
    "THANKS,champions|loyal,,thank for loyalty,first_order,,6m,,,,14d,,phone,sales,1.00,5,4,service,\n"
    "GROW,potential-loyalist|promising|new,orders > 1,recommend by last "
    "order,last_order,45d,,,,,14d,,message,sales,0.10,3,5,promo,\n"
    "# Lost ones and prospects: seldom.\n"
    "LOST,lost|hibernating,,yearly greeting,last_order,,1y,,,,14d,,message,sales,0.10,1,8,promo,\n"
    "PROSPECT,prospect,,send the season's news,2026-01-05,,3m,,,,7d,,message,sales,0.10,1,9,promo,\n";
