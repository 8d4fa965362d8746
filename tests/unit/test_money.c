// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Money: exact amounts, their marks and their sums.
 */
#include "money.h"

#include "tap.h"

static struct money read_as(const char *text, char decimal)
{
    struct money value = {.micros = -999, .places = 99, .currency = 99};
    if (!money_read(slice_of(text), decimal, &value)) {
        printf("# refused: '%s'\n", text);
        value.micros = INT64_MIN;
    }
    return value;
}

static bool is(const char *text, int64_t micros, int places, enum money_currency currency)
{
    struct money value = read_as(text, '.');
    return value.micros == micros && value.places == places && value.currency == currency;
}

static bool refused(const char *text)
{
    struct money value;
    return !money_read(slice_of(text), '.', &value);
}

static const char *printed(struct money_sum sum)
{
    static char out[MONEY_SIZE];
    size_t length = money_print(out, sum);
    return length == strlen(out) ? out : "wrong length";
}

static struct money_sum sum_of(const char *text)
{
    struct money_sum sum = {0};
    money_add(&sum, read_as(text, '.'));
    return sum;
}

static void reads_bare_numbers(void)
{
    CHECK(is("0", 0, 0, MONEY_NO_CURRENCY));
    CHECK(is("12.50", 12500000, 2, MONEY_NO_CURRENCY));
    CHECK(is("-0.10", -100000, 2, MONEY_NO_CURRENCY));
    CHECK(is("+10000.00", 10000000000, 2, MONEY_NO_CURRENCY));
    CHECK(is("CHF 1'234.50", 1234500000, 2, MONEY_CHF));
    CHECK(is("1 234.50 €", 1234500000, 2, MONEY_EUR));
    CHECK(is("1,234.50", 1234500000, 2, MONEY_NO_CURRENCY));
    CHECK(is("(12.00)", -12000000, 2, MONEY_NO_CURRENCY));
    CHECK(is("12.00-", -12000000, 2, MONEY_NO_CURRENCY));
    CHECK(is("'123", 123000000, 0, MONEY_NO_CURRENCY));
    CHECK(is("0.000001", 1, 6, MONEY_NO_CURRENCY));
    CHECK(is("1.50000000", 1500000, 6, MONEY_NO_CURRENCY));
    CHECK(is("1.500000000000000000000000000", 1500000, 6, MONEY_NO_CURRENCY));
    CHECK(read_as("1.234,50", ',').micros == 1234500000);
}

static void reads_marks_before_and_after(void)
{
    CHECK(is("¥1,234.50", 1234500000, 2, MONEY_CNY));
    CHECK(is("￥１，２３４．５０", 1234500000, 2, MONEY_CNY));
    CHECK(is("¥ 28.16", 28160000, 2, MONEY_CNY));
    CHECK(is("28.16元", 28160000, 2, MONEY_CNY));
    CHECK(is("28.16 元", 28160000, 2, MONEY_CNY));
    CHECK(is("28 CNY", 28000000, 0, MONEY_CNY));
    CHECK(is("28RMB", 28000000, 0, MONEY_CNY));
    CHECK(is("100美元", 100000000, 0, MONEY_USD));
    CHECK(is("USD 5", 5000000, 0, MONEY_USD));
    CHECK(is("5 usd", 5000000, 0, MONEY_USD));
    CHECK(is("$1,240.00", 1240000000, 2, MONEY_USD));
    CHECK(is("HK$5", 5000000, 0, MONEY_HKD));
    CHECK(is("5€", 5000000, 0, MONEY_EUR));
    CHECK(is("£5", 5000000, 0, MONEY_GBP));
    CHECK(is("₹5", 5000000, 0, MONEY_INR));
    CHECK(is("₩5", 5000000, 0, MONEY_KRW));
    CHECK(read_as("1.234,50 €", ',').micros == 1234500000);
}

static void reads_signs_on_either_side_of_a_mark(void)
{
    CHECK(is("-$45.00", -45000000, 2, MONEY_USD));
    CHECK(is("$-45.00", -45000000, 2, MONEY_USD));
    CHECK(is("($45.00)", -45000000, 2, MONEY_USD));
    CHECK(is("$(45.00)", -45000000, 2, MONEY_USD));
    CHECK(is("（￥４５）", -45000000, 0, MONEY_CNY));
    CHECK(is("+¥5", 5000000, 0, MONEY_CNY));
    CHECK(is("'¥5", 5000000, 0, MONEY_CNY));
    CHECK(is("5元-", -5000000, 0, MONEY_CNY));
    CHECK(is("- ¥ 5", -5000000, 0, MONEY_CNY));
    CHECK(refused("-$-45"));
    CHECK(refused("-($45)"));
    CHECK(refused("($-45)"));
    CHECK(refused("-5元-"));
}

static void takes_two_marks_of_one_currency(void)
{
    CHECK(is("$10.00 CAD", 10000000, 2, MONEY_CAD));
    CHECK(is("¥100 JPY", 100000000, 0, MONEY_JPY));
    CHECK(is("¥100元", 100000000, 0, MONEY_CNY));
    CHECK(is("CNY 5 元", 5000000, 0, MONEY_CNY));
    CHECK(refused("$10 EUR"));
    CHECK(refused("€10 USD"));
    CHECK(refused("USD 5 CAD"));
    CHECK(refused("¥5 USD"));
}

static void refuses_the_rest(void)
{
    const char *const bad[] = {"",
                               "¥",
                               "元",
                               "$-",
                               "()",
                               "1e3",
                               "¥1e3",
                               "12元整",
                               "5.00(refund)",
                               "8,000.00(CN)",
                               "¥¥5",
                               "5.0000001",
                               "0.0000000000000000000000001",
                               "12,34",
                               "$12,34",
                               "1.2.3",
                               "XYZ 5",
                               "-",
                               "¥ ",
                               "1 23",
                               "5 元 元"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!CHECK(refused(bad[i]))) {
            printf("# '%s'\n", bad[i]);
        }
    }
}

static void keeps_its_range(void)
{
    CHECK(is("9200000000000", INT64_C(9200000000000000000), 0, MONEY_NO_CURRENCY));
    CHECK(is("-9200000000000.000000", -INT64_C(9200000000000000000), 6, MONEY_NO_CURRENCY));
    CHECK(refused("9200000000000.000001"));
    CHECK(refused("9200000000001"));
    CHECK(refused("-9300000000000"));
    CHECK(refused("18446744073709551617"));
    CHECK(refused("100000000000000000000000000000000000000000"));
    CHECK(is("0000000000000000000000000000012", 12000000, 0, MONEY_NO_CURRENCY));
    CHECK(is("0.000000000000000000000000000000", 0, 6, MONEY_NO_CURRENCY));
}

static void sums_are_exact(void)
{
    struct money_sum sum = {0};
    struct money dime = read_as("0.10", '.');
    for (int i = 0; i < 10000000; i++) {
        money_add(&sum, dime);
    }
    CHECK_TEXT(printed(sum), "1000000.00");
    money_add(&sum, read_as("-1000000.001", '.'));
    CHECK_TEXT(printed(sum), "-0.001");
    struct money_sum total = {0};
    money_add_sum(&total, sum);
    money_add_sum(&total, sum_of("3"));
    CHECK_TEXT(printed(total), "2.999");
    CHECK(money_compare(sum, total) < 0 && money_compare(total, sum) > 0 && money_compare(sum, sum) == 0);
}

static void sums_go_beyond_64_bits(void)
{
    struct money_sum sum = {0};
    for (int i = 0; i < 1000; i++) {
        money_add(&sum, read_as("9200000000000", '.'));
    }
    CHECK_TEXT(printed(sum), "9200000000000000");
    CHECK(money_number(sum) == 9.2e15);
    money_wide half = (money_wide)1 << 126;
    struct money_sum widest = {.micros = half - 1 + half, .places = 6};
    CHECK_TEXT(printed(widest), "170141183460469231731687303715884.105727");
    widest.micros = -widest.micros;
    CHECK_TEXT(printed(widest), "-170141183460469231731687303715884.105727");
    CHECK(money_number(widest) == -170141183460469231731687303715884.105727);
    struct money_sum edge = {.micros = INT64_MAX, .places = 6};
    CHECK_TEXT(printed(edge), "9223372036854.775807");
    edge.micros++;
    CHECK_TEXT(printed(edge), "9223372036854.775808");
    edge.places = 2;
    CHECK_TEXT(printed(edge), "9223372036854.78");
    edge.micros = -edge.micros * 10;
    CHECK_TEXT(printed(edge), "-92233720368547.76");
}

static void prints_with_its_places(void)
{
    CHECK_TEXT(printed((struct money_sum){0}), "0");
    CHECK_TEXT(printed(sum_of("-0.00")), "0.00");
    CHECK_TEXT(printed(sum_of("3")), "3");
    CHECK_TEXT(printed(sum_of("-12.50")), "-12.50");
    CHECK_TEXT(printed(sum_of("0.05")), "0.05");
    CHECK_TEXT(printed((struct money_sum){.micros = 3333333, .places = 2}), "3.33");
    CHECK_TEXT(printed((struct money_sum){.micros = -3335000, .places = 2}), "-3.34");
    CHECK_TEXT(printed((struct money_sum){.micros = -4999, .places = 2}), "0.00");
    CHECK_TEXT(printed((struct money_sum){.micros = 999500, .places = 0}), "1");
}

// The currency of a cell, or -1 when it is no amount.
static int currency_of(const char *cell)
{
    struct money money;
    return money_read(slice_of(cell), '.', &money) ? (int)money.currency : -1;
}

static void a_shared_sign_is_settled_by_a_word(void)
{
    CHECK(currency_of("$5 AUD") == MONEY_AUD && currency_of("$5 CAD") == MONEY_CAD);
    CHECK(currency_of("$5 HKD") == MONEY_HKD && currency_of("＄5 TWD") == MONEY_TWD);
    CHECK(currency_of("AUD 5$") == MONEY_AUD && currency_of("¥5 JPY") == MONEY_JPY);
    CHECK(currency_of("￥5 JPY") == MONEY_JPY && currency_of("JPY 5 ¥") == MONEY_JPY);
    CHECK(currency_of("¥5 CNY") == MONEY_CNY && currency_of("$5 USD") == MONEY_USD);
    CHECK(currency_of("$5 CNY") == -1 && currency_of("¥5 USD") == -1 && currency_of("€5 HKD") == -1);
    CHECK(currency_of("CNY 5 JPY") == -1 && currency_of("$5 JPY") == -1 && currency_of("¥5 HKD") == -1);
}

static void a_marked_number_may_not_be_without_end(void)
{
    char cell[1100] = "$";
    memset(cell + 1, '0', 1000);
    CHECK(currency_of(cell) == -1);
    memset(cell, '-', 1000);
    strcat(cell, "$5");
    CHECK(currency_of(cell) == -1);
    cell[0] = '$';
    cell[1] = '5';
    CHECK(currency_of(cell) == -1);
    CHECK(currency_of("$") == -1 && currency_of("-$") == -1 && currency_of("$-") == -1 && currency_of("()") == -1);
}

static void divides_half_away_from_zero(void)
{
    CHECK(money_divide((struct money_sum){.micros = 10, .places = 2}, 4).micros == 3);
    CHECK(money_divide((struct money_sum){.micros = -10, .places = 2}, 4).micros == -3);
    CHECK(money_divide((struct money_sum){.micros = 10, .places = 2}, 3).micros == 3);
    CHECK(money_divide((struct money_sum){.micros = 11, .places = 2}, 3).micros == 4);
    CHECK(money_divide((struct money_sum){.micros = 0, .places = 2}, 3).places == 2);
}

static void becomes_the_nearest_double(void)
{
    CHECK(money_number(sum_of("0.1")) == 0.1);
    CHECK(money_number(sum_of("-1234567.89")) == -1234567.89);
    CHECK(money_number((struct money_sum){.micros = INT64_C(9007199254740993)}) == 9007199254.740993);
    CHECK(money_number((struct money_sum){.micros = -INT64_C(9199999999999999999)}) == -9199999999999.999999);
}

static void knows_what_is_only_too_large(void)
{
    CHECK(money_is_beyond(slice_of("9300000000000"), '.') &&
          money_is_beyond(slice_of("(US$9,300,000,000,000.00)"), '.'));
    CHECK(money_is_beyond(slice_of("CNY 99999999999999999999999999"), '.'));
    CHECK(money_is_beyond(slice_of("-9.300.000.000.000,5"), ','));
    CHECK(!money_is_beyond(slice_of("9.1"), '.') && !money_is_beyond(slice_of("0.12345678901234567890123"), '.'));
    CHECK(money_is_beyond(slice_of("9e300"), '.') && !money_is_beyond(slice_of("9e3"), '.') &&
          !money_is_beyond(slice_of("many"), '.'));
    CHECK(!money_is_beyond(slice_of("0e2000000000"), '.'));
    CHECK(!money_is_beyond(slice_of(""), '.') && !money_is_beyond(slice_of("€"), '.'));
}

static void names_currencies(void)
{
    CHECK_TEXT(money_currency_name(MONEY_NO_CURRENCY), "");
    CHECK_TEXT(money_currency_name(MONEY_CNY), "CNY");
    CHECK_TEXT(money_currency_name(MONEY_CHF), "CHF");
}

int main(void)
{
    reads_bare_numbers();
    reads_marks_before_and_after();
    reads_signs_on_either_side_of_a_mark();
    takes_two_marks_of_one_currency();
    refuses_the_rest();
    keeps_its_range();
    sums_are_exact();
    sums_go_beyond_64_bits();
    prints_with_its_places();
    a_shared_sign_is_settled_by_a_word();
    a_marked_number_may_not_be_without_end();
    divides_half_away_from_zero();
    becomes_the_nearest_double();
    knows_what_is_only_too_large();
    names_currencies();
    return tap_done();
}
