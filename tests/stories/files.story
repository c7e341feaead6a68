# Files both ways, receipts, who waits for a word, and what was begun and not sent.

story "a picture goes over and comes back whole"
vera is a visitor
ann is an advisor
vera starts a chat: "The lamp came broken"
ann takes vera's chat
vera sends the file "broken.png"
in vera's chat, ann sees that vera started the chat
ann sees vera: "The lamp came broken"
in vera's chat, ann sees that vera sent the file "broken.png"
ann opens vera's file "broken.png"
ann sends vera the file "return label.pdf"
vera sees that ann took the chat
vera sees that ann sent the file "return label.pdf"
vera opens vera's file "return label.pdf"

story "a file is nobody's business but theirs"
vera and wim are visitor
ann is an advisor
kim is a consultant
vera starts a chat
wim starts a chat
ann takes vera's chat
vera sends the file "passport.png"
wim cannot open vera's file "passport.png" because "there is no such file"
kim cannot open vera's file "passport.png" because "your role may not do this"
ann opens vera's file "passport.png"

story "an answer that got lost does not send a file twice"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera sends the file "broken.png", but the answer is lost
vera comes back
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees that vera sent the file "broken.png"
in vera's chat, ann sees nothing new

story "a file is there after a power cut"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera sends the file "broken.png"
the desk is killed and started again
ann opens vera's file "broken.png"

story "only who may speak may send a file"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann cannot send vera the file "offer.pdf" because "take the chat before you answer"
ann takes vera's chat
ben cannot send vera the file "offer.pdf" because "Ann answers this chat"
ann ends vera's chat
vera cannot send the file "broken.png" because "the chat is closed"

story "sent, delivered, seen: and never back"
vera is a visitor
ann is an advisor
vera starts a chat: "Is the brass lamp in stock?"
the last words of vera in vera's chat are sent
ann takes vera's chat
ann gets all of vera's chat
the last words of vera in vera's chat are delivered
ann looks at all of vera's chat
the last words of vera in vera's chat are seen
ann gets all of vera's chat
the last words of vera in vera's chat are seen
ann says to vera: "It is"
the last words of ann in vera's chat are sent
vera looks at all of vera's chat
the last words of ann in vera's chat are seen
the desk is killed and started again
the last words of ann in vera's chat are seen
the last words of vera in vera's chat are seen

story "a lead who reads along sees nothing in the advisor's name"
vera is a visitor
ann is an advisor
lea is a lead
vera starts a chat: "Hello?"
ann takes vera's chat
lea looks at all of vera's chat
the last words of vera in vera's chat are delivered
of vera's words 1 are unread
ann looks at all of vera's chat
of vera's words 0 are unread

story "who waits for a word, and since when"
vera is a visitor
ann is an advisor
vera starts a chat: "Good morning"
wait 20 s
vera says: "Is anybody there?"
of vera's words 2 are unread
vera waits 20 s for a word
ann takes vera's chat
ann looks at all of vera's chat
of vera's words 0 are unread
vera waits 20 s for a word
ann says to vera: "I am here"
vera has been answered
wait 5 s
vera says: "Wonderful"
wait 3 s
vera sends the file "lamp.png"
vera waits 3 s for a word
of vera's words 2 are unread

story "what was begun outlives the advisor's tab and the desk"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat
ann begins to write to vera: "Good mor"
ann begins to write to vera: "Good morning, I shall"
ann reloads the page
the desk is killed and started again
ann finds "Good morning, I shall" begun for vera
ben finds nothing begun for vera

story "a sent draft never comes back"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
ann begins to write to vera: "It is in stock"
ann sends vera what was begun
ann finds nothing begun for vera
# The save of a moment ago was slower than the message.
ann saves late what was begun for vera: "It is in sto"
ann finds nothing begun for vera
vera sees that ann took the chat
vera sees ann: "It is in stock"
vera sees nothing new
