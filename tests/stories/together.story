# What colleagues do together in one chat: handing on with a word, asking somebody in, reading along, whispering.

story "handed to a team, with a note, and the team sees what it is about"
vera is a visitor
ann, ben and cleo are advisors
ada makes the team refunds of ben and cleo
vera starts a chat: "I want my money back for the lamp"
ann takes vera's chat
vera sees that ann took the chat
ann hands vera's chat to the team refunds: "Order 20417, the shade came broken"
vera waits for the team refunds
vera waits at place 1
vera sees that ann handed the chat to the team refunds
vera sees nothing new
ann has no chats
in vera's chat, ben sees that vera started the chat
in vera's chat, ben sees vera: "I want my money back for the lamp"
in vera's chat, ben sees that ann took the chat
in vera's chat, ben sees a note by ann: "Order 20417, the shade came broken"
in vera's chat, ben sees that ann handed the chat to the team refunds
ben takes vera's chat
vera is with ben

story "who was handed to a team keeps the place in the line"
vera, otto and noor are visitors
ann and ben are advisors
ada makes the team refunds of ben
vera starts a chat
wait 1 min
otto starts a chat
wait 1 min
noor starts a chat
ann takes vera's chat
otto waits at place 1
ann hands vera's chat to the team refunds
vera waits at place 1
otto waits at place 2
# Nobody of the team has to be there: whoever is free may help.
ann takes vera's chat
vera is with ann

story "handed to a colleague, with a note"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Do you repair oil lamps?"
ann takes vera's chat
ann hands vera's chat to ben: "You know the old burners best"
vera is with ben
vera sees that ann took the chat
vera sees that ann handed the chat to ben
vera sees nothing new
in vera's chat, ben sees that vera started the chat
in vera's chat, ben sees vera: "Do you repair oil lamps?"
in vera's chat, ben sees that ann took the chat
in vera's chat, ben sees a note by ann: "You know the old burners best"
in vera's chat, ben sees that ann handed the chat to ben

story "a transfer whose answer is lost happens once, with its note"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat
ann hands vera's chat to ben: "She has waited long", but the answer is lost
ann comes back
vera is with ben
in vera's chat, ben sees that vera started the chat
in vera's chat, ben sees that ann took the chat
in vera's chat, ben sees a note by ann: "She has waited long"
in vera's chat, ben sees that ann handed the chat to ben
in vera's chat, ben sees nothing new

story "a transfer is all of it or nothing"
vera is a visitor
ann and ben are advisors
ada makes the team refunds of ben
vera starts a chat
ann takes vera's chat
ann hands vera's chat to the team refunds: "Broken shade", but the commit fails
vera is with ann
the desk is killed and started again
vera is with ann
ann comes back
vera waits for the team refunds
in vera's chat, ben sees that vera started the chat
in vera's chat, ben sees that ann took the chat
in vera's chat, ben sees a note by ann: "Broken shade"
in vera's chat, ben sees that ann handed the chat to the team refunds
in vera's chat, ben sees nothing new

story "a second advisor joins, helps, and leaves"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Which bulb fits the Heron?"
ann takes vera's chat
ben cannot say to vera: "An E14" because "Ann answers this chat"
ben cannot ask ben into vera's chat because "Ann has this chat"
ann asks ben into vera's chat
ben is a guest of vera
vera is with ann
ben says to vera: "An E14 of 40 watts at most"
vera sees that ann took the chat
vera sees that ben joined
vera sees ben: "An E14 of 40 watts at most"
ben leaves vera's chat
vera sees that ben left
ben has no chats
ben cannot say to vera: "Bye" because "Ann answers this chat"
ann ends vera's chat
vera sees that ann ended the chat
vera sees nothing new

story "guests leave with the end of the chat, and nobody makes a fuss of it"
vera is a visitor
ann, ben and cleo are advisors
vera starts a chat
ann takes vera's chat
ann asks ben into vera's chat
ann asks cleo into vera's chat
ann asks cleo out of vera's chat
ann ends vera's chat
ben has no chats
vera sees that ann took the chat
vera sees that ben joined
vera sees that cleo joined
vera sees that cleo left
vera sees that ann ended the chat
vera sees nothing new

story "a guest who is handed the chat has it"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat
ann asks ben into vera's chat
ann hands vera's chat to ben
vera is with ben
ann has no chats
ann cannot ask ann into vera's chat because "Ben has this chat"
ben says to vera: "I have you now"

story "the lead reads along and whispers, and the visitor notices nothing"
vera is a visitor
ann is an advisor
lea is a lead
vera starts a chat: "The third one is broken too!"
ann takes vera's chat
lea reads vera's chat
lea whispers in vera's chat: "Give her the next one free"
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees vera: "The third one is broken too!"
in vera's chat, ann sees a whisper by lea: "Give her the next one free"
ann whispers in vera's chat: "Gladly, thank you"
ann says to vera: "The next one is on us, Vera."
vera sees that ann took the chat
vera sees ann: "The next one is on us, Vera."
vera sees nothing new
vera cannot whisper in vera's chat: "What are you saying?" because "your role may not do this"

story "who has no part in a chat does not whisper in it"
vera is a visitor
ann, ben and cleo are advisors
vera starts a chat
ann takes vera's chat
ben cannot whisper in vera's chat: "Psst" because "you have no part in this chat"
ann asks ben into vera's chat
ben whispers in vera's chat: "Ask for the order number"
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees a whisper by ben: "Ask for the order number"
ann ends vera's chat
ann cannot whisper in vera's chat: "Well done" because "the chat is closed"
vera sees that ann took the chat
vera sees that ben joined
vera sees that ann ended the chat
vera sees nothing new

story "two answer at the same time, and only one of them has the chat"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Anybody there?"
at once:
ann takes vera's chat
ben cannot take vera's chat because "Ann has taken this chat"
ben cannot say to vera: "Hello!" because "Ann answers this chat"
ann says to vera: "Hello Vera!"
that was at once
vera sees that ann took the chat
vera sees ann: "Hello Vera!"
vera sees nothing new

story "an advisor who is shut out is a guest no longer"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat
ann asks ben into vera's chat
ada disables ben
the desk does its rounds
vera sees that ann took the chat
vera sees that ben joined
vera sees that ben left
vera is with ann

story "everybody keeps their own answers"
ann and ben are advisors
ann keeps the answer thanks: "Thank you, {{visitor.name}}, and have a good day!"
wait 1 s
ann keeps the answer sorry: "I am sorry to hear that."
ann finds the answers sorry and thanks
ben keeps the answer thanks: "Thanks a lot!"
ben finds the answers thanks
ann cannot keep the answer thanks: "Once more" because "/thanks is there already"
ann cannot keep the answer bye: "Bye {{name}}" because "knows {{visitor.name}}"
