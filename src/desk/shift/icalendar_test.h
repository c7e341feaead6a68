/* How calendars are written in tests. */
#pragma once

#define HEAD             "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define TAIL             "END:VCALENDAR\r\n"
#define EVENT(lines_)    "BEGIN:VEVENT\r\n" lines_ "END:VEVENT\r\n"
#define FILE_OF(events_) HEAD events_ TAIL

/* A Monday from 9 to 5. */
#define MONDAY "DTSTART:20260330T090000\r\nDTEND:20260330T170000\r\n"
