// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hours: moves times out of quiet hours, of which several may hold at once and touch each other.
 */
#include "hours.h"

#include "date.h"
#include "quiet.h"
#include "zone.h"

static int32_t day_of(int64_t local)
{
    return (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0));
}

// A wall time that a clock of the zone shows: one in a gap moves forward.
static int64_t real(const struct candidate *candidate, int64_t local)
{
    const struct zones_place *place = candidate->person->place;
    struct zone *zone = place == NULL ? NULL : place->zone;
    return zone == NULL ? local : zone_to_local(zone, zone_to_instant(zone, local));
}

// The end of the quiet hours of the settings that the time lies in. Each round passes one of them; where they fill the
// whole day nobody could ever be contacted, so that they are passed over after three days.
static int64_t settings_end(struct provisions *provisions, const struct candidate *candidate, int64_t local)
{
    const uint32_t *labels = candidate->person->labels;
    uint32_t numbers[PROVISIONS_DIMENSIONS] = {labels[0], labels[1], labels[2]};
    int64_t last = local + (int64_t)3 * DATE_DAY_SECONDS;
    provisions_number_all(provisions, candidate->channel, candidate->rule->tag, candidate_owner(candidate), numbers);
    for (size_t i = 0; i < provisions->quiet_count && local < last;) {
        const struct provisions_quiet *quiet = &provisions->quiets[i];
        int64_t end = provisions_match(&quiet->scope, numbers) ? quiet_end(&quiet->hours, local) : local;
        i = end == local ? i + 1 : 0;
        local = end;
    }
    return local;
}

static int64_t awake(struct provisions *provisions, const struct candidate *candidate, int64_t local)
{
    switch (candidate->rule->quiet) {
    case POLICY_QUIET_OWN:
        return real(candidate, quiet_end(&candidate->rule->hours, local));
    case POLICY_QUIET_SETTINGS:
        return provisions == NULL || provisions->quiet_count == 0
                   ? local
                   : real(candidate, settings_end(provisions, candidate, local));
    default:
        return local;
    }
}

static void move(struct candidate *candidate, int64_t local)
{
    candidate->due = day_of(local);
    candidate->has_time = true;
    candidate->second = (int32_t)(local - (int64_t)candidate->due * DATE_DAY_SECONDS);
}

void hours_plan(struct provisions *provisions, struct candidate *candidate)
{
    candidate->quieted = false;
    candidate->has_time = false;
    if (!candidate->rule->has_time) {
        return;
    }
    int64_t planned = real(candidate, (int64_t)candidate->due * DATE_DAY_SECONDS + candidate->rule->second);
    int64_t moved = awake(provisions, candidate, planned);
    move(candidate, moved);
    candidate->quieted = moved != planned;
    candidate->awake_at = moved;
}

enum candidate_verdict hours_decide(struct provisions *provisions, struct candidate *candidate)
{
    const struct zones_place *place = candidate->person->place;
    int64_t planned = (int64_t)candidate->due * DATE_DAY_SECONDS + candidate->second;
    if (candidate->due > candidate->today) {
        return CANDIDATE_QUIET;
    }
    bool has_now = place != NULL && place->has_time;
    bool ahead = candidate->has_time && candidate->due == candidate->today && (!has_now || planned >= place->now);
    if (ahead || !has_now) {
        return CANDIDATE_DUE;
    }
    int64_t moved = awake(provisions, candidate, place->now);
    if (moved == place->now) {
        return CANDIDATE_DUE;
    }
    candidate->quieted = true;
    candidate->awake_at = moved;
    if (day_of(moved) > candidate->today) {
        return CANDIDATE_QUIET;
    }
    if (candidate->due == candidate->today) {
        move(candidate, moved);
    }
    return CANDIDATE_DUE;
}
