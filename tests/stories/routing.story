# Who is offered which chat: the line, the people, and what they say to it.

story "first come, first served"
the desk offers chats
ann is an advisor
ann holds 1 chats
vera, otto and noor are visitors
vera starts a chat: "I was here first."
otto starts a chat: "I came second."
noor starts a chat: "And I third."
vera's chat is offered to ann
otto's chat is offered to nobody
ann takes vera's chat
otto's chat is offered to nobody
ann ends vera's chat
otto's chat is offered to ann
ann takes otto's chat
ann ends otto's chat
noor's chat is offered to ann

story "who has the fewest chats, then who had none the longest"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
wait 1 s
vera, otto and noor are visitors
vera starts a chat
vera's chat is offered to ann
ann takes vera's chat
otto starts a chat
otto's chat is offered to ben
ben takes otto's chat
ben ends otto's chat
# Ben has none, and Ann one.
noor starts a chat
noor's chat is offered to ben

story "sixty seconds, then the next"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
vera is a visitor
vera starts a chat: "Hello?"
vera's chat is offered to ann
wait 59 s
vera's chat is offered to ann
vera waits at place 1
wait 1 s
vera's chat is offered to ben
ben takes vera's chat
ann cannot take vera's chat because "Ben has taken this chat"

story "declined by everybody, and asked again"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
vera and otto are visitors
vera starts a chat
ann declines vera's chat
vera's chat is offered to ben
ann cannot decline vera's chat because "you are not asked to take this chat any more"
ben declines vera's chat
# Nobody else is there: from the beginning.
vera's chat is offered to ann
ann declines vera's chat
# Whoever comes new is asked by who was not asked yet.
otto starts a chat
otto's chat is offered to ann

story "a pool of three seats that holds eight chats"
the desk offers chats
the pool has 3 seats and holds 8 chats
ann, ben and cleo are advisors
# Each of them would hold four.
otto and vera are visitors
otto starts a chat
7 other visitors start a chat
no help is called
vera starts a chat: "Is anybody free?"
vera's chat is offered to nobody
vera waits at place 9
help is called
otto ends the chat
vera waits at place 8
vera's chat is offered to ann

story "somebody who knows about it, in a language that they share"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
ann knows only "Returns"
ben speaks only de
vera and otto are visitors
vera starts a chat about "Shipping"
vera's chat is offered to ben
otto starts a chat in en
otto's chat is offered to ann

story "a wish that nobody can fulfil is dropped"
the desk offers chats
ann is an advisor
ann speaks only de
vera and otto are visitors
vera starts a chat in it
otto starts a chat in de-AT
vera's chat is offered to nobody
otto's chat is offered to ann
wait 60 s
wait 59 s
vera's chat is offered to nobody
wait 1 s
# Two minutes are long enough for an Italian to speak to somebody who does her best.
vera's chat is offered to ann

story "a strict desk"
the desk offers chats
nobody may exceed a cap
ann is an advisor
wait 1 s
ben is an advisor
ann holds 1 chats
ben holds 1 chats
vera and otto are visitors
vera starts a chat
ben cannot take vera's chat because "Ann is asked to take this chat"
ann takes vera's chat
otto starts a chat
otto's chat is offered to ben
ben takes otto's chat
ann cannot hand vera's chat to ben because "Ben has as many chats as they may"

story "advisors who pick for themselves"
the desk offers chats
advisors pick from the line
ann and ben are advisors
vera and otto are visitors
vera starts a chat
otto starts a chat
vera's chat is offered to nobody
ben takes otto's chat
vera's chat is offered to nobody
ann takes vera's chat

story "help is called when nobody has room, and when somebody waits long"
the desk offers chats
ann is an advisor
ann holds 1 chats
vera and otto are visitors
vera starts a chat
ann takes vera's chat
no help is called
otto starts a chat: "It burns!"
help is called
wait 3 min
no help is called
ann ends vera's chat
otto's chat is offered to ann
no help is called

story "the visitor whose advisor's laptop dies"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
ben goes away
vera and otto are visitors
vera starts a chat: "Where were we?"
ann takes vera's chat
ann says to vera: "At the lamp."
wait 5 min
otto starts a chat
otto's chat is offered to ann
ann vanishes
wait 45 s
the desk does its rounds
# She is asked nothing more, and keeps what she has for a while.
otto's chat is offered to nobody
vera is with ann
wait 120 s
the desk does its rounds
vera waits at place 1
ben comes online
vera's chat is offered to ben
otto's chat is offered to ben

story "a quiet chat does not count, until the next word"
the desk offers chats
ann is an advisor
ann holds 1 chats
vera, otto and noor are visitors
vera starts a chat: "I'll look for the number, a moment."
ann takes vera's chat
otto starts a chat
wait 9 min
otto's chat is offered to nobody
vera's chat counts
wait 1 min
vera's chat does not count
otto's chat is offered to ann
ann takes otto's chat
vera says: "Here it is: 4711."
vera's chat counts
noor starts a chat
noor's chat is offered to nobody

story "nobody says a word, and the desk closes the chat"
the desk offers chats
visitors are warned after 5 min of silence
chats are closed after 8 min of silence
ann is an advisor
vera is a visitor
vera starts a chat
ann takes vera's chat
ann says to vera: "Are you still there?"
wait 5 min
vera sees that ann took the chat
vera sees ann: "Are you still there?"
vera sees that the desk said that the chat will end
wait 3 min
vera sees that the desk ended the chat
vera's chat is closed
ann has no chats

story "handed on beyond what somebody holds"
the desk offers chats
ann is an advisor
wait 1 s
ben is an advisor
ben holds 1 chats
vera and otto are visitors
vera starts a chat
otto starts a chat
ann takes vera's chat
ben takes otto's chat
# A colleague may ask for it; the desk itself would not.
ann hands vera's chat to ben: "You know her better."
ben has otto and vera
