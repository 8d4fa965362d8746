// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rows: what the reader makes of a file, for csv.sh. One JSON array of strings a record; {"refused": REASON, "line": N}
 * for one that cannot be read and {"failed": REASON, "line": N} for the end of the file that cannot be.
 *
 * usage: rows [-l] [-d C] [-q auto|strict|lenient|none|lazy] [-Q C] [-e C] [-E ENCODING] [-s LINES] FILE
 * -l sends every record through libcsv.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "encoding.h"
#include "reader.h"

static void print_string(struct slice text)
{
    putchar('"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < ' ' || byte == '"' || byte == '\\' || byte == 0x7F) {
            printf("\\u%04x", byte);
        } else {
            putchar(byte);
        }
    }
    putchar('"');
}

static void print_row(const struct row *row)
{
    putchar('[');
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) {
            putchar(',');
        }
        print_string(row->cells[i]);
    }
    puts("]");
}

static void print_problem(const char *what, struct reader_problem problem)
{
    printf("{\"%s\":", what);
    print_string(slice_of(problem.text));
    printf(",\"line\":%llu}\n", (unsigned long long)problem.line);
}

static enum reader_quote quote_of(const char *word)
{
    static const char *const words[] = {"auto", "strict", "lenient", "none", "lazy"};
    int mode = 0;
    while (mode < 4 && strcmp(word, words[mode]) != 0) {
        mode++;
    }
    return (enum reader_quote)mode;
}

static void read_options(int argc, char **argv, struct reader_options *options)
{
    int letter;
    while ((letter = getopt(argc, argv, "ld:q:Q:e:E:s:")) != -1) {
        switch (letter) {
        case 'l':
            options->libcsv_only = true;
            break;
        case 'd':
            options->delimiter = optarg[0];
            break;
        case 'q':
            options->quote = quote_of(optarg);
            break;
        case 'Q':
            options->quote_char = optarg[0];
            break;
        case 'e':
            options->escape_char = optarg[0];
            break;
        case 'E':
            options->encoding = encoding_known(optarg) ? optarg : NULL;
            break;
        case 's':
            options->skip_lines = (uint64_t)strtoull(optarg, NULL, 10);
            break;
        default:
            exit(2);
        }
    }
}

int main(int argc, char **argv)
{
    struct reader_options options = {.max_field = READER_MAX_FIELD};
    read_options(argc, argv, &options);
    struct reader *reader = optind < argc ? reader_open(argv[optind], &options) : NULL;
    if (reader == NULL) {
        return 2;
    }
    struct row row;
    enum reader_result result;
    while ((result = reader_next(reader, &row)) == READER_ROW || result == READER_MALFORMED) {
        if (result == READER_ROW) {
            print_row(&row);
        } else {
            print_problem("refused", reader_problem(reader));
        }
    }
    if (result == READER_FAILED) {
        print_problem("failed", reader_problem(reader));
    }
    reader_close(reader);
    return 0;
}
