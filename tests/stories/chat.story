# The daily work: one visitor, one advisor, and then more of both.

story "the first chat"
desk at 2026-03-30 09:00
vera is a visitor
ann is an advisor
vera starts a chat: "Good morning, is the brass lamp in stock?"
vera waits at place 1
only vera waits
wait 20 s
ann takes vera's chat
nobody waits
vera is with ann
ann sees that vera started the chat
ann sees vera: "Good morning, is the brass lamp in stock?"
ann says to vera: "Good morning! Yes, we have eleven of them."
vera sees that ann took the chat
vera sees ann: "Good morning! Yes, we have eleven of them."
vera says: "Then I take one. Thank you!"
ann sees vera: "Then I take one. Thank you!"
vera ends the chat
ann sees that vera ended the chat
vera's chat is closed
ann has no chats

story "the visitor writes while waiting"
vera is a visitor
ann is an advisor
vera starts a chat
vera says: "It is about order 20417."
wait 40 s
vera says: "A pane is cracked."
vera waits at place 1
ann cannot say to vera: "One moment" because "take the chat before you answer"
ann takes vera's chat
ann sees that vera started the chat
ann sees vera: "It is about order 20417."
ann sees vera: "A pane is cracked."
in vera's chat, ann sees nothing new

story "several chats at once"
vera, otto and noor are visitors
ann is an advisor
vera starts a chat: "Lamp?"
wait 5 s
otto starts a chat: "Invoice?"
wait 5 s
noor starts a chat: "Candles?"
vera, otto and noor wait
noor waits at place 3
ann takes vera's chat
ann takes noor's chat
ann takes otto's chat
ann has noor, otto and vera
ann says to otto: "Which order, Otto?"
ann says to vera: "Which lamp, Vera?"
ann says to noor: "How many, Noor?"
vera sees that ann took the chat
vera sees ann: "Which lamp, Vera?"
vera sees nothing new
otto sees that ann took the chat
otto sees ann: "Which order, Otto?"
noor sees that ann took the chat
noor sees ann: "How many, Noor?"
vera says: "The brass one"
otto says: "20417"
ann sees that otto started the chat
ann sees otto: "Invoice?"
ann sees otto: "20417"
ann sees that vera started the chat
ann sees vera: "Lamp?"
ann sees vera: "The brass one"

story "two advisors take the same chat at once: one wins, the other is told who"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Hello?"
at once:
	ben takes vera's chat
	ann cannot take vera's chat because "Ben has taken this chat"
	vera says: "Is anybody there?"
that was at once
vera is with ben
ben has vera
ann has no chats
ann cannot say to vera: "I am here!" because "Ben answers this chat"
vera sees that ben took the chat
vera sees nothing new

story "taking one's own chat again changes nothing"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
ann takes vera's chat
vera sees that ann took the chat
vera sees nothing new

story "a second chat while one is open"
vera is a visitor
ann is an advisor
vera starts a chat: "First"
vera cannot start a chat: "Second" because "you are in a chat already"
ann takes vera's chat
vera cannot start a chat: "Second" because "you are in a chat already"
ann sees that vera started the chat
ann sees vera: "First"
in vera's chat, ann sees nothing new

story "writing after the end"
vera is a visitor
ann is an advisor
vera starts a chat: "Bye, I found it myself"
ann takes vera's chat
ann ends vera's chat
vera sees that ann took the chat
vera sees that ann ended the chat
vera cannot say: "Wait!" because "the chat is closed"
ann cannot say to vera: "Sorry!" because "the chat is closed"
ann cannot take vera's chat because "the chat is closed"
ann cannot put vera's chat back because "the chat is closed"
# Ending it once more is no harm.
vera ends the chat
vera sees nothing new
# What staff has to add about it can still be noted.
ann notes in vera's chat: "Found the lamp herself"
