# What is told to the browsers of staff while no page of theirs is open.

story "whoever could take a chat is told of it, and then only who has it"
desk at 2026-03-30 09:00
vera is a visitor
ann and ben are advisors
ann wants to be told by push
ben wants to be told by push
vera starts a chat: "Is the lamp in stock?"
ann's browser tells of vera: waiting
ben's browser tells of vera: waiting
ann takes vera's chat
vera says: "Hello?"
vera says: "Is somebody there?"
# A phone rings once; what comes within a quarter of a minute is told together.
ann's browser tells nothing
wait 15 s
ann's browser tells of vera: message
ann's browser tells nothing
ben's browser tells nothing

story "a chat that is handed over is told to who got it, and nothing to who has signed out"
desk at 2026-03-30 09:00
vera is a visitor
ann and ben are advisors
vera starts a chat: "Is the lamp in stock?"
ann takes vera's chat
ann wants to be told by push
ben wants to be told by push
ann hands vera's chat to ben: "She asked for you"
ben's browser tells of vera: handed
ann's browser tells nothing
wait 15 s
ben signs out
vera says: "Ben?"
ben's browser tells nothing
ann's browser tells nothing

story "of several chats the most urgent is told, and how many there are"
desk at 2026-03-30 09:00
vera and otto are visitors
ann and ben are advisors
vera starts a chat: "Is the lamp in stock?"
ann takes vera's chat
ann wants to be told by push
otto starts a chat: "And the shade?"
vera says: "Hello?"
ann's browser tells of vera: message, 2 chats
wait 15 s
# Somebody else has taken it: nobody has to be told of it any more.
noor is a visitor
noor starts a chat: "A red one?"
ben takes noor's chat
ann's browser tells nothing

story "an offer rings for who is asked, and what their browser shows is replaced when it went elsewhere"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
cleo is a back-up
cleo goes offline
vera is a visitor
ann wants to be told by push
ben wants to be told by push
cleo wants to be told by push
vera starts a chat: "Is the lamp in stock?"
ann's browser tells of vera: offer
# Where somebody is asked nobody else needs to look out for it.
ben's browser tells nothing
ann declines vera's chat
ann's browser tells of vera: passed
ben's browser tells of vera: offer
ben takes vera's chat
ben's browser tells nothing
ann's browser tells nothing
cleo's browser tells nothing

story "an offer that is over before it went out is told to nobody, and one that nobody answers is replaced"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
vera is a visitor
ann wants to be told by push
ben wants to be told by push
vera starts a chat: "Is the lamp in stock?"
ann declines vera's chat
ann's browser tells nothing
ben's browser tells of vera: offer
wait 60 s
ben's browser tells of vera: passed
ann's browser tells of vera: offer
vera ends the chat
ann's browser tells of vera: passed

story "a seat comes to who stood in the line for it"
ada goes offline
the pool has 1 seats and holds 8 chats
ann, ben and cleo are advisors
ben wants to be told by push
cleo wants to be told by push
ann goes offline
ben's browser tells: seat
# Only a place further ahead.
cleo's browser tells nothing
wait 15 s
ben goes offline
cleo goes to the phone
# She took it away herself before anybody was told.
cleo's browser tells nothing

story "the back-ups are called while they have no seat, and not for every chat"
the desk offers chats
ann is an advisor
ann holds 1 chats
cleo and dora are back-ups
cleo goes offline
cleo wants to be told by push
dora wants to be told by push
dora goes to the phone
vera, otto and noor are visitors
vera starts a chat
ann takes vera's chat
cleo's browser tells nothing
otto starts a chat: "It burns!"
help is called
cleo's browser tells: backup
dora's browser tells: backup
wait 15 s
cleo comes online
otto's chat is offered to cleo
cleo's browser tells of otto: offer
