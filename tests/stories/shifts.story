# Who works when: nights, the days when the clocks change, holidays, swaps, and who looks at the plan before.

story "a shift over midnight"
desk at 2026-03-30 21:30
lea is a lead
ann is an advisor
lea plans ann on Mondays from 22 to 6
ann does not work now
ann works again at 2026-03-30 22:00
wait 30 min
ann works 8 hours, until 2026-03-31 06:00
# It is Tuesday, and still her Monday's shift.
wait 3 hours
ann works 8 hours, until 2026-03-31 06:00
wait 5 hours
ann does not work now
ann works again at 2026-04-06 22:00

story "a night over the missing hour"
desk at 2026-03-28 20:00
the clocks are those of "Europe/Berlin"
lea is a lead
ann is an advisor
lea plans ann on Saturdays from 22 to 6
lea plans ann on Fridays from 22 to 6
# At two o'clock it is three: she goes home at six by the clock on the wall, after seven hours.
wait 2 hours
ann works 7 hours, until 2026-03-29 04:00
desk at 2026-04-04 23:00
ann works 8 hours, until 2026-04-05 04:00

story "a night over the doubled hour"
desk at 2026-11-01 05:00
the clocks are those of "America/Denver"
lea is a lead
ann is an advisor
lea plans ann on Saturdays from 22 to 6
# Eleven in the evening in Denver. The hour from one to two comes twice.
ann works 9 hours, until 2026-11-01 13:00
desk at 2026-11-08 06:00
ann works 8 hours, until 2026-11-08 13:00

story "what begins in the missing hour begins after it"
desk at 2026-03-29 00:30
the clocks are those of "Europe/Berlin"
lea is a lead
ann is an advisor
lea plans ann on Sundays from 2 to 8
ann works again at 2026-03-29 01:00
wait 30 min
ann works 5 hours, until 2026-03-29 06:00

story "a holiday"
desk at 2026-12-21 10:00
lea is a lead
ann and ben are advisors
lea plans ann on Fridays from 9 to 17
lea calls 2026-12-25 a holiday
# Somebody has to look in all the same.
lea gives ben an extra shift on 2026-12-25 from 10 to 12
ann cannot call 2026-12-24 a holiday because "may not do this"
desk at 2026-12-25 10:30
ann does not work now
ben works 2 hours, until 2026-12-25 12:00
ann works again at 2027-01-01 09:00
there is no gap on 2026-12-25

story "two people swap a day"
desk at 2026-03-30 08:00
lea is a lead
ann and ben are advisors
lea plans ann on Mondays from 9 to 17
lea plans ben on Tuesdays from 9 to 17
lea gives ann 2026-04-06 off
lea gives ben an extra shift on 2026-04-06 from 9 to 17
lea gives ben 2026-04-07 off
lea gives ann an extra shift on 2026-04-07 from 9 to 17
lea cannot give ann 2026-04-06 off because "is a day off already"
lea cannot give ben an extra shift on 2026-04-06 from 12 to 14 because "meets the shift on 2026-04-06 from 09:00 to 17:00"
desk at 2026-04-06 09:00
ben works 8 hours, until 2026-04-06 17:00
ann does not work now
ann works again at 2026-04-07 09:00
ben works again at 2026-04-14 09:00

story "one shift after the other is one"
desk at 2026-03-30 12:55
lea is a lead
ann is an advisor
lea plans ann on Mondays from 9 to 13
lea plans ann on Mondays from 13 to 17
# No winding down at one o'clock, for somebody who stays.
ann works 8 hours, until 2026-03-30 17:00
lea cannot plan ann on Mondays from 12 to 14 because "meets the shift on Mondays from 09:00 to 13:00"

story "the plan has a gap and a crowd"
desk at 2026-03-30 08:00
the desk answers from 9 to 19
everybody shares 2 seats
lea is a lead
ann, ben and cleo are advisors
lea plans ann on Mondays from 9 to 17
lea plans ben on Mondays from 9 to 17
there is no crowd on 2026-03-30
lea plans cleo on Mondays from 9 to 17
nobody is there on 2026-03-30 from 17 to 19
there is a crowd on 2026-03-30 from 9 to 17
# One of them had better come at eleven, and all is well.
the desk suggests that ann begins at 11
lea gives cleo 2026-03-30 off
there is no crowd on 2026-03-30
lea gives cleo an extra shift on 2026-03-30 from 17 to 19
there is no gap on 2026-03-30

story "shifts go to another calendar and come back"
desk at 2026-03-30 08:00
the clocks are those of "Europe/Berlin"
lea is a lead
ann and ben are advisors
lea plans ann on Saturdays from 22 to 6
lea gives ann 2026-04-04 off
lea gives ann an extra shift on 2026-04-05 from 9 to 11
lea imports the calendar of ann for ben
desk at 2026-04-05 08:00
ben works 2 hours, until 2026-04-05 09:00
ben works again at 2026-04-11 20:00
