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
