# What colleagues do with each other's chats, and what the customer gets to see of it.

story "a note stays inside"
vera is a visitor
ann and ben are advisors
vera starts a chat: "My third cracked pane!"
ann takes vera's chat
ann notes in vera's chat: "Third one from the same delivery, told the packers"
ann says to vera: "I am sorry, a new one leaves today."
vera sees that ann took the chat
vera sees ann: "I am sorry, a new one leaves today."
vera sees nothing new
in vera's chat, ben sees that vera started the chat
in vera's chat, ben sees vera: "My third cracked pane!"
in vera's chat, ben sees that ann took the chat
in vera's chat, ben sees a note by ann: "Third one from the same delivery, told the packers"
in vera's chat, ben sees ann: "I am sorry, a new one leaves today."
vera cannot note in vera's chat: "I want to see it" because "your role may not do this"

story "correcting a note"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat
ann notes in vera's chat: "Order 20471"
ben corrects "Order 20471" in vera's chat: "Order 20417, it was a slip"
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees a note by ben that corrects "Order 20471": "Order 20417, it was a slip"
in vera's chat, ben sees that vera started the chat
in vera's chat, ben sees that ann took the chat
# The first one stays, word for word.
in vera's chat, ben sees a note by ann: "Order 20471"
vera sees that ann took the chat
vera sees nothing new

story "handing on to a colleague"
vera is a visitor
ann and ben are advisors
vera starts a chat: "I need an invoice in French"
ann takes vera's chat
ann hands vera's chat to ben
ann has no chats
ben has vera
vera is with ben
ann cannot say to vera: "Bye" because "Ben answers this chat"
ann cannot hand vera's chat to ann because "Ben has this chat"
ben says to vera: "Bonjour Vera!"
vera sees that ann took the chat
vera sees that ann handed the chat to ben
vera sees ben: "Bonjour Vera!"
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees vera: "I need an invoice in French"
in vera's chat, ann sees ben: "Bonjour Vera!"

story "a chat is handed only to somebody who can answer now"
vera is a visitor
ann and ben are advisors
cora is a consultant
vera starts a chat
ann takes vera's chat
ben goes away
ann cannot hand vera's chat to ben because "Ben is away"
ann cannot hand vera's chat to cora because "there is nobody of that id who answers chats"
vera is with ann
ben comes online
ann hands vera's chat to ben
vera is with ben

story "releasing keeps the place in the line"
vera, otto and noor are visitors
ann is an advisor
vera starts a chat: "First"
wait 1 min
otto starts a chat: "Second"
wait 1 min
noor starts a chat: "Third"
ann takes vera's chat
otto and noor wait
otto waits at place 1
ann puts vera's chat back
vera, otto and noor wait
vera waits at place 1
otto waits at place 2
ann cannot say to vera: "Hm" because "take the chat before you answer"
vera sees that ann took the chat
vera sees that ann put the chat back
vera sees nothing new

story "the advisor is away"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann goes away
ann cannot take vera's chat because "Ann is away"
only vera waits
ann comes online
ann takes vera's chat
# Who goes away keeps the chats that they have: nobody else is answering them.
ann goes away
ann says to vera: "I will be right back"
vera is with ann

story "a lead ends another's chat"
vera is a visitor
ann and ben are advisors
lea is a lead
vera starts a chat: "Are you still there?"
ann takes vera's chat
ben cannot end vera's chat because "Ann has this chat"
ben cannot put vera's chat back because "Ann has this chat"
lea ends vera's chat
vera's chat is closed
ann has no chats
vera sees that ann took the chat
vera sees that lea ended the chat

story "a lead moves a chat that got stuck"
vera is a visitor
ann and ben are advisors
lea is a lead
vera starts a chat
ben cannot hand vera's chat to ann because "nobody has taken this chat yet"
lea hands vera's chat to ann
vera is with ann
lea puts vera's chat back
vera waits at place 1
lea hands vera's chat to ben
vera is with ben
vera sees that lea handed the chat to ann
vera sees that lea put the chat back
vera sees that lea handed the chat to ben

story "an advisor who has twenty chats gets no more"
vera is a visitor
ann is an advisor
lea is a lead
20 other visitors start a chat
vera starts a chat: "One too many"
ann takes all that wait but vera
ann cannot take vera's chat because "Ann has 20 chats already"
lea cannot hand vera's chat to ann because "Ann has 20 chats already"
only vera waits
