# The desk that cannot answer at once: hours, lines, forms, and what is owed afterwards.

story "outside of the hours"
desk at 2026-04-03 16:50
the desk answers from 9 to 17
vera and otto are visitors
ann is an advisor
the desk is open
vera starts a chat: "Just in time?"
wait 10 min
the desk is closed because of hours
# A Friday, five o'clock.
the desk opens at 2026-04-06 09:00
otto cannot start a chat: "Hello?" because "we are closed"
# Whoever was let in is still served.
ann takes vera's chat
ann says to vera: "Just in time!"
desk at 2026-04-06 09:00
the desk is open
otto starts a chat: "Good morning!"

story "the desk closes while the form is half typed"
desk at 2026-03-30 16:59
the desk answers from 9 to 17
vera is a visitor
ann is an advisor
# She writes and writes …
wait 2 min
vera cannot start a chat: "Do you have the lamp in brass?" because "please leave us a message"
# … and her page puts the same words into the form.
vera leaves a form: "Do you have the lamp in brass?"
1 answers are owed
vera's chat is closed
ann sees that vera left a form
ann sees vera: "Do you have the lamp in brass?"
desk at 2026-03-31 09:05
ann says to vera: "We do, for 40."
ann keeps what is owed to vera
0 answers are owed
ann cannot say to vera: "And in tin." because "the chat is closed"
vera sees ann: "We do, for 40."
vera sees nothing new

story "nobody is there"
vera is a visitor
ada goes away
the desk is closed because of nobody
vera cannot start a chat: "Hello?" because "nobody is here at the moment"
ann is an advisor
the desk is open
vera starts a chat: "Hello!"

story "the line is full"
at most 2 may wait
vera, otto and noor are visitors
ann is an advisor
vera starts a chat
otto starts a chat
the desk is closed because of full
noor cannot start a chat because "many people are waiting already"
ann takes vera's chat
noor starts a chat
noor waits at place 2

story "the estimate gets better"
everybody holds 1 chats well
vera, otto and noor are visitors
ann is an advisor
ada goes away
vera starts a chat
vera expects to wait 0 min
ann takes vera's chat
otto starts a chat
noor starts a chat
otto expects to wait 5 min
noor expects to wait 10 min
# A colleague comes: now two have room for one each.
ben is an advisor
otto expects to wait 0 min
ben takes otto's chat
noor waits at place 1
noor expects to wait 3 min
ben ends otto's chat
noor expects to wait 0 min

story "opened again in time"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Is the lamp in stock?"
ann takes vera's chat
ann says to vera: "Yes."
ann ends vera's chat as answered
wait 30 min
vera reopens the chat
vera is with ann
vera says: "And the shade?"
vera sees that ann took the chat
vera sees ann: "Yes."
vera sees that ann ended the chat
ann sees that vera started the chat
ann sees vera: "Is the lamp in stock?"
ann sees that vera opened the chat again
ann sees vera: "And the shade?"
# Once more, when Ann is gone: in the line it does not matter who it was.
vera ends the chat
ann goes away
vera reopens the chat
vera waits at place 1
ben takes vera's chat

story "opened again too late"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
ann ends vera's chat
wait 31 min
vera cannot reopen the chat because "please start a new one"
vera starts a chat: "It is me again"
vera waits at place 1

story "something is owed"
desk at 2026-04-03 15:00
vera is a visitor
ann and ben are advisors
vera starts a chat: "When does the brass one come back?"
ann takes vera's chat
ann cannot end vera's chat owing "when the brass lamp comes back" because "there is no address"
ann ends vera's chat owing "when the brass lamp comes back" to vera@home.example
1 answers are owed
# Over the weekend nothing is late.
desk at 2026-04-06 15:00
0 answers are overdue
wait 1 min
1 answers are overdue
ben says to vera: "It comes on the 20th."
ben keeps what is owed to vera
0 answers are owed
vera sees that ann took the chat
vera sees that ann ended the chat
vera sees ben: "It comes on the 20th."

story "a word of thanks"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera cannot rate the chat 5: "Kind" because "the chat has not ended yet"
ann ends vera's chat as solved
vera rates the chat 4: "Kind"
wait 30 min
vera rates the chat 5: "Very kind"
wait 1 min
vera cannot rate the chat 1: "Hm" because "thank you"

story "a visitor who shouts"
vera and otto are visitors
ann and ben are advisors
lea is a lead
vera starts a chat: "YOU ARE ALL USELESS"
ann takes vera's chat
ann blocks vera for 24 hours: "shouts at everybody"
vera's chat is closed
vera cannot say: "HEY!" because "the chat is closed"
vera cannot start a chat: "HEY!" because "we cannot help you here"
vera cannot leave a form: "HEY!" because "we cannot help you here"
vera cannot reopen the chat because "we cannot help you here"
otto starts a chat: "Hello"
ben cannot lift the block of vera because "Ann made this block"
lea lifts the block of vera
vera starts a chat: "Sorry."
ann blocks vera for 24 hours: "again"
wait 24 hours
vera starts a chat: "Good morning."

story "an address that is closed"
vera, otto and noor are visitors
vera and otto come from 192.0.2.7
ann is an advisor
vera starts a chat: "Buy my pills"
otto starts a chat: "Cheap pills"
ann blocks the address of vera: "pills"
nobody waits
otto cannot start a chat: "Pills?" because "we cannot help you here"
noor starts a chat: "Hello"

story "an advisor who is gone without a word"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat
ben vanishes
wait 30 s
the desk does its rounds
wait 15 s
the desk does its rounds
ann cannot hand vera's chat to ben because "Ben is away"
