# Fewer seats than people: who has one, who waits for one, and how they pass from hand to hand.

story "two sign in at the same instant for the last seat"
ada goes offline
ann and ben are advisors
ann goes offline
ben goes offline
the pool has 1 seats and holds 8 chats
at once:
ann comes online
ben comes online
that was at once
the board shows ann as online
the board shows ben as line
ben stands at place 1 for a seat
1 of 1 seats are taken

story "a seat frees, and the next one has it"
ada goes offline
ann is an advisor
the pool has 1 seats and holds 8 chats
ben and cleo are advisors
the board shows ben as line
cleo stands at place 2 for a seat
ann goes offline
the board shows ben as online
the log of seats says of ben: "let in"
cleo stands at place 1 for a seat
1 of 1 seats are taken

story "leaving for the phone, and coming back to the old place"
ada goes offline
vera is a visitor
ann is an advisor
the pool has 1 seats and holds 8 chats
ben is an advisor
vera starts a chat: "Is the lamp in stock?"
ann takes vera's chat
wait 1 min
ann goes to the phone
# Nobody is left alone with a colleague who talks to somebody else.
vera waits at place 1
the board shows ann as phone
the board shows ben as online
ben takes vera's chat
wait 5 min
cleo is an advisor
dora is an advisor
ann comes online
ann stands at place 1 for a seat
cleo stands at place 2 for a seat
ben goes offline
the board shows ann as online

story "away for lunch"
ada goes offline
desk at 2026-03-30 12:00
vera is a visitor
ann is an advisor
the pool has 1 seats and holds 8 chats
ben is an advisor
vera starts a chat
ann takes vera's chat
ann goes away for "lunch" until 2026-03-30 12:30
ann is away for "lunch" until 2026-03-30 12:30
# Her seat is hers, and so is the chat.
the board shows ben as line
vera is with ann
ben cannot go away because "you have no seat to be away from"
wait 30 min
ann comes online
the log of seats says of ann: "back"
the board shows ann as online

story "two seats become three, and one"
ada goes offline
lea is a lead
ann is an advisor
the pool has 2 seats and holds 8 chats
ben and cleo are advisors
the board shows ben as line
cleo stands at place 2 for a seat
the pool has 3 seats and holds 8 chats
the board shows ben as online
cleo stands at place 1 for a seat
vera is a visitor
vera starts a chat
ben takes vera's chat
# Nobody is thrown out in the middle of a chat: it drains.
the pool has 1 seats and holds 8 chats
the board shows ben as online
vera is with ben
3 of 1 seats are taken
lea goes offline
ann goes offline
1 of 1 seats are taken
cleo stands at place 1 for a seat
ben ends vera's chat
ben goes offline
the board shows cleo as online

story "a forgotten seat"
ada goes offline
vera and otto are visitors
lea is a lead
lea goes offline
ann is an advisor
the pool has 1 seats and holds 8 chats
ben is an advisor
vera starts a chat: "Hello?"
ann takes vera's chat
wait 1 min
otto starts a chat
ben cannot free the seat of ann: "she went home" because "your role may not do this"
lea frees the seat of ann: "she went home"
the board shows ann as offline
the board shows ben as online
# Vera was here before Otto.
vera waits at place 1
otto waits at place 2
the log of seats says of ann: "freed, she went home"
lea cannot free the seat of ann: "she went home" because "Ann is offline"

story "the laptop that dies"
ada goes offline
vera, otto and wim are visitors
ann is an advisor
the pool has 1 seats and holds 8 chats
ben is an advisor
vera starts a chat: "My order is late."
otto starts a chat: "Mine too."
ann takes vera's chat
ann takes otto's chat
wim starts a chat: "And mine."
ann vanishes
wait 45 s
the desk does its rounds
the log of seats says of ann: "gone"
# It may be a tunnel: she keeps what she has, and gets nothing new.
vera is with ann
the board shows ben as line
wait 75 s
the desk does its rounds
the log of seats says of ann: "lost"
the board shows ann as offline
the board shows ben as online
vera waits at place 1
otto waits at place 2
wim waits at place 3
ben takes vera's chat
ben sees that vera started the chat
ben sees vera: "My order is late."

story "the last ten minutes"
desk at 2026-03-30 16:00
ada goes offline
vera and otto are visitors
lea is a lead
lea goes offline
ann is an advisor
ann goes offline
lea plans ann on Mondays from 9 to 17
ann comes online
ada comes online
vera starts a chat
ann takes vera's chat
otto starts a chat
wait 49 min
the desk does its rounds
the board shows ann as online
wait 1 min
the desk does its rounds
ann winds down with 1 chats left, until 2026-03-30 17:00
ann cannot take otto's chat because "Ann winds down, and takes no new chats"
ada cannot hand otto's chat to ann because "Ann winds down"
ann says to vera: "The parcel is on its way."
ann ends vera's chat
the desk does its rounds
the board shows ann as offline
the log of seats says of ann: "passed"

story "the seat that passes"
desk at 2026-03-30 16:00
ada goes offline
vera is a visitor
lea is a lead
lea goes offline
ann is an advisor
ann goes offline
lea plans ann on Mondays from 9 to 17
the pool has 1 seats and holds 8 chats
ann comes online
ben is an advisor
a seat for ben is expected at 2026-03-30 17:00
vera starts a chat
ann takes vera's chat
wait 50 min
the desk does its rounds
the board shows ben as line
# Vera still has questions when the shift is over: Ann keeps the seat until she is done.
wait 20 min
the desk does its rounds
ann winds down with 1 chats left, until 2026-03-30 17:00
vera ends the chat
the desk does its rounds
the board shows ann as offline
the board shows ben as online
1 of 1 seats are taken

story "somebody stays longer"
desk at 2026-03-30 16:00
ada goes offline
vera is a visitor
lea is a lead
lea goes offline
ann is an advisor
ann goes offline
lea plans ann on Mondays from 9 to 17
ann comes online
vera starts a chat
ann takes vera's chat
wait 50 min
the desk does its rounds
the board shows ann as winding
ann comes online
the log of seats says of ann: "stays"
wait 3 hours
the desk does its rounds
the board shows ann as online

story "an extra seat for the hand-over"
desk at 2026-03-30 16:00
ada goes offline
there may be 1 hand-over seats
vera is a visitor
lea is a lead
lea goes offline
ann is an advisor
ben is an advisor
ann goes offline
ben goes offline
lea plans ann on Mondays from 9 to 17
lea plans ben on Mondays from 16 to 22
the pool has 1 seats and holds 8 chats
ann comes online
ben comes online
the board shows ben as line
vera starts a chat
ann takes vera's chat
wait 50 min
the desk does its rounds
# Ann finishes, and Ben begins: for these minutes there are two of them.
ann winds down with 1 chats left, until 2026-03-30 17:00
the board shows ben as online
the seat of ben is handover
the log of seats says of ben: "extra, handover"
ann ends vera's chat
the desk does its rounds
the seat of ben is own
1 of 1 seats are taken

story "the desk was stopped over the end of a shift"
desk at 2026-03-30 16:00
ada goes offline
lea is a lead
lea goes offline
ann is an advisor
ann goes offline
lea plans ann on Mondays from 9 to 17
the pool has 1 seats and holds 8 chats
ann comes online
ben is an advisor
wait 3 hours
the desk is killed and started again
the desk does its rounds
the board shows ann as offline
the board shows ben as online

story "the lead reads what happened"
ada goes offline
lea is a lead
ann is an advisor
kim is a consultant
lea reads the log of seats
ann cannot read the log of seats because "your role may not do this"
kim cannot read the log of seats because "your role may not do this"
kim cannot come online because "your role may not do this"
ann goes to the phone
the log of seats says of ann: "phone"
ann goes offline
the log of seats says of ann: "left"
