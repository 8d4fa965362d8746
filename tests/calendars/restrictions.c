// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * restrictions: reads an iCalendar file with libical and asks whether it keeps the restrictions of RFC 5545 and 5546.
 *
 * Prints each fault that libical notes in it and ends with status 1 when there is one; the number of items otherwise.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *next_line(char *line, size_t size, void *file)
{
    return fgets(line, (int)size, file);
}

static int faults(icalcomponent *component)
{
    int found = 0;
    for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
         property != NULL; property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        printf("%s\n", icalproperty_get_xlicerror(property));
        found++;
    }
    for (icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); inner != NULL;
         inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
        found += faults(inner);
    }
    return found;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: restrictions FILE\n");
        return EXIT_FAILURE;
    }
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, file);
    icalcomponent *calendar = icalparser_parse(parser, next_line);
    icalparser_free(parser);
    fclose(file);
    if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        printf("not one calendar\n");
        return EXIT_FAILURE;
    }
    int kept = icalrestriction_check(calendar);
    int found = faults(calendar) + icalcomponent_count_errors(calendar);
    int items = icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT) +
                icalcomponent_count_components(calendar, ICAL_VTODO_COMPONENT);
    printf("%d items, %d faults, restrictions %s\n", items, found, kept ? "kept" : "broken");
    icalcomponent_free(calendar);
    return kept && found == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
