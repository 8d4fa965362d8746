// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * generate: deterministic logs of any size for tests/bench/run. Not installed, not part of `make`.
 *
 *     generate orders ROWS CUSTOMERS    customer_id,order_id,date,amount,currency,channel,note; by date over two years
 *     generate quoted ROWS CUSTOMERS    the same, a sixth of all cells quoted, some with commas and doubled quotes
 *     generate events ROWS PEOPLE       customer,time,event,channel; by time over 30 days, or one a second
 *     generate customers ROWS           customer,revenue,recency,orders,cost,country: one row a customer
 *     generate people ROWS              customer,first_order,last_order,orders,segment,owner: one row a customer
 *     generate ledger ROWS              what remind recorded by the end of 2025 of three in five of these people
 *     generate buyers ROWS              customer,x,t_x,T,m,revenue: one row a customer, who buys and drops out as the
 *                                       Pareto/NBD and Gamma-Gamma models of CDNOW have it, seen for up to two years
 *
 * Numbers come from xorshift64 (Marsaglia 2003) with a fixed seed.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// Day `number` from 2024-01-01 on, up to the end of 2025.
static void print_date(int number)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number < 366 ? 2024 : 2025;
    int day = number < 366 ? number : number - 366;
    int month = 0;
    while (day >= lengths[month] - (year == 2025 && month == 1)) {
        day -= lengths[month] - (year == 2025 && month == 1);
        month++;
    }
    printf("%d-%02d-%02d", year, month + 1, day + 1);
}

// A cell, in quotes when the dice say so.
static void print_cell(const char *text, bool quoted)
{
    printf(quoted ? "\"%s\"" : "%s", text);
}

static void orders(long rows, uint64_t customers, bool quoted)
{
    static const char *const notes[] = {"", "", "", "", "", "", "", "老客户介绍", "朋友推荐", "生日"};
    static const char *const quoted_notes[] = {"", "blue, large", "said \"\"thanks\"\"", "老客户介绍"};
    uint64_t state = UINT64_C(88172645463325252);
    puts("customer_id,order_id,date,amount,currency,channel,note");
    for (long i = 0; i < rows; i++) {
        uint64_t dice = next(&state);
        printf("C%07" PRIu64 ",%ld,", dice % customers, 100000000 + i);
        print_date((int)(i * 731 / rows));
        printf(",%d.%02d,CNY,", (int)((dice >> 20) % 500), (int)((dice >> 40) % 100));
        print_cell(dice >> 50 & 1 ? "web" : "shop", quoted && dice >> 51 & 1);
        putchar(',');
        unsigned note = (unsigned)(dice >> 52) % 10;
        print_cell(quoted ? quoted_notes[note % 4] : notes[note], quoted && note % 4 != 0);
        putchar('\n');
    }
}

static void events(long rows, uint64_t people)
{
    static const char *const names[] = {"visit", "visit", "visit", "cart", "cart", "pay", "order", "post"};
    static const char *const channels[] = {"web", "app", "wechat", "shop"};
    uint64_t state = UINT64_C(1181783497276652981);
    const long month = 30L * 86400;
    puts("customer,time,event,channel");
    for (long i = 0; i < rows; i++) {
        uint64_t dice = next(&state);
        long second = rows < month ? i * month / rows : i;
        printf("u%07" PRIu64 ",", dice % people);
        print_date((int)(second / 86400));
        printf(" %02ld:%02ld:%02ld,%s,%s\n", second % 86400 / 3600, second % 3600 / 60, second % 60,
               names[(dice >> 40) % 8], channels[(dice >> 50) % 4]);
    }
}

static void customers(long rows)
{
    static const char *const countries[] = {"CN", "US", "FR", "IN", "DE"};
    uint64_t state = UINT64_C(2545551845371831993);
    puts("customer,revenue,recency,orders,cost,country");
    for (long i = 0; i < rows; i++) {
        uint64_t dice = next(&state);
        unsigned count = 1 + (unsigned)(dice >> 30) % 40 * ((unsigned)(dice >> 44) % 3);
        printf("C%07ld,%u.%02u,%u,%u,%u.%02u,%s\n", i, (unsigned)(dice % 200) * count, (unsigned)(dice >> 8) % 100,
               (unsigned)(dice >> 16) % 730, count, (unsigned)(dice >> 36) % 400, (unsigned)(dice >> 4) % 100,
               countries[(dice >> 58) % 5]);
    }
}

#define PEOPLE_SEED UINT64_C(6364136223846793005)

static void people(long rows)
{
    static const char *const segments[] = {"champions", "loyal", "new", "at-risk", "lost"};
    static const char *const owners[] = {"ann", "ben", "chloe", "dao"};
    uint64_t state = PEOPLE_SEED;
    puts("customer,first_order,last_order,orders,segment,owner");
    for (long i = 0; i < rows; i++) {
        uint64_t dice = next(&state);
        int first = (int)(dice % 731);
        unsigned count = 1 + (unsigned)(dice >> 20) % 8 * ((unsigned)(dice >> 30) % 2);
        int last = count == 1 ? first : first + (int)((dice >> 40) % (unsigned)(731 - first));
        printf("C%07ld,", i);
        print_date(first);
        putchar(',');
        print_date(last);
        printf(",%u,%s,%s\n", count, segments[(dice >> 50) % 5], owners[(dice >> 56) % 4]);
    }
}

static double uniform(uint64_t *state)
{
    return ((double)(next(state) >> 11) + 0.5) / 9007199254740992.0;
}

// Marsaglia and Tsang (2000), with normals of Box and Muller.
static double gamma_variate(uint64_t *state, double shape)
{
    static const double circle = 6.283185307179586;
    double boost = shape < 1 ? pow(uniform(state), 1 / shape) : 1;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    for (;;) {
        double radius = sqrt(-2 * log(uniform(state)));
        double normal = radius * cos(circle * uniform(state));
        double v = pow(1 + normal / sqrt(9 * d), 3);
        if (v > 0 && log(uniform(state)) < normal * normal / 2 + d - d * v + d * log(v)) {
            return boost * d * v;
        }
    }
}

// Days with a purchase after the first day, the last of them, and what they brought.
struct bought {
    int days;
    int last;
    double value;
};

static struct bought buy(uint64_t *state, double time)
{
    double rate = gamma_variate(state, 0.553) / (7 * 10.58);
    double death = -log(uniform(state)) / (gamma_variate(state, 0.606) / (7 * 11.67));
    double value = 15.44 / gamma_variate(state, 3.74);
    struct bought bought = {0};
    for (double now = 0; rate > 1e-9;) {
        now -= log(uniform(state)) / rate;
        if (now >= fmin(time, death)) {
            break;
        }
        if ((int)now > bought.last) {
            bought.days++;
            bought.last = (int)now;
            bought.value += value * gamma_variate(state, 6.25);
        }
    }
    return bought;
}

static void buyers(long rows)
{
    uint64_t state = UINT64_C(9600629759793949339);
    puts("customer,x,t_x,T,m,revenue");
    for (long i = 0; i < rows; i++) {
        int time = 1 + (int)(next(&state) % 730);
        struct bought bought = buy(&state, time);
        printf("C%07ld,%d,%d,%d,", i, bought.days, bought.last, time);
        if (bought.days > 0) {
            printf("%.4f", bought.value / bought.days);
        }
        printf(",%.2f\n", bought.value + (double)(next(&state) % 6000) / 100);
    }
}

// The newest contact of rule R10 of policy.csv (every 90 days from the first order) that was printed.
static void ledger(long rows)
{
    uint64_t state = PEOPLE_SEED;
    puts("event,at,run,customer,owner,rule,touch,channel,due,nominal,overdue,level,priority,cost,reason,key,note");
    for (long i = 0; i < rows; i++) {
        int first = (int)(next(&state) % 731);
        int times = (730 - first) / 90;
        if (i % 5 >= 3 || times == 0) {
            continue;
        }
        int due = first + times * 90;
        fputs("due,2025-12-31 08:00:00,2025-12-31.1,", stdout);
        printf("C%07ld,service,R10,season's news,message,", i);
        print_date(due);
        putchar(',');
        print_date(due);
        printf(",%d,0,10,0.1,first_order ", 730 - due);
        print_date(first);
        printf(" +%dx90d,C%07ld/R10/", times, i);
        print_date(due);
        puts("/0,");
    }
    puts("printed,2025-12-31 08:00:01,2025-12-31.1,,,,,,,,,,,,,,1");
}

int main(int argc, char **argv)
{
    const char *kind = argc > 1 ? argv[1] : "";
    long rows = argc > 2 ? atol(argv[2]) : 0;
    uint64_t count = argc > 3 ? (uint64_t)atol(argv[3]) : 1;
    if (rows <= 0 || count == 0) {
        kind = "";
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 16); // a reader behind a pipe is not to be woken for every 4 KiB
    if (strcmp(kind, "orders") == 0 || strcmp(kind, "quoted") == 0) {
        orders(rows, count, *kind == 'q');
    } else if (strcmp(kind, "events") == 0) {
        events(rows, count);
    } else if (strcmp(kind, "customers") == 0) {
        customers(rows);
    } else if (strcmp(kind, "people") == 0) {
        people(rows);
    } else if (strcmp(kind, "ledger") == 0) {
        ledger(rows);
    } else if (strcmp(kind, "buyers") == 0) {
        buyers(rows);
    } else {
        fputs("usage: generate orders|quoted|events ROWS PEOPLE, or generate customers|people|ledger|buyers ROWS\n",
              stderr);
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
