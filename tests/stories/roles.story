# Who may see and do what, and what happens when that changes.

story "a consultant sees nothing"
vera is a visitor
cora is a consultant
paul is a producer
vera starts a chat: "This is between us"
cora cannot read vera's chat because "your role may not do this"
cora cannot read the waiting list because "your role may not do this"
cora cannot take vera's chat because "your role may not do this"
cora cannot note in vera's chat: "Hm" because "your role may not do this"
cora cannot read the list of people because "your role may not do this"
paul cannot read vera's chat because "your role may not do this"
paul cannot take vera's chat because "your role may not do this"

story "somebody else's conversation"
vera and otto are visitors
ann is an advisor
vera starts a chat: "My order is 20417"
otto cannot read vera's chat because "there is no such conversation"
otto cannot say to vera: "Hello Vera" because "there is no such conversation"
otto cannot end vera's chat because "there is no such conversation"
otto cannot take vera's chat because "your role may not do this"
otto cannot read the waiting list because "your role may not do this"
only vera waits

story "a change of role ends the sessions"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
ada makes ann a consultant
ann is signed out
ann cannot say to vera: "One moment" because "sign in first"
ann signs in
ann cannot say to vera: "One moment" because "your role may not do this"
ann cannot read vera's chat because "your role may not do this"
# Her chat is not lost: it goes back to its place in the line.
the desk does its rounds
vera waits at place 1
vera sees that ann took the chat
vera sees that the desk put the chat back
ben is an advisor
ben takes vera's chat
vera is with ben

story "a disabled person"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Hello"
ann takes vera's chat
ada disables ann
ann is signed out
ann cannot sign in because "not right"
ann cannot say to vera: "Hello" because "sign in first"
ada hands vera's chat to ben
ada cannot hand vera's chat to ann because "there is nobody of that id who answers chats"
ada enables ann
the desk does its rounds
vera is with ben
ann is signed out
ann signs in
ann comes online
ben hands vera's chat to ann
vera is with ann

story "an advisor leads nobody"
ann is an advisor
lea is a lead
ann cannot make lea a consultant because "your role may not do this"
lea cannot make ann a lead because "your role may not do this"
ann cannot disable lea because "your role may not do this"
ann cannot read the audit log because "your role may not do this"
lea reads the audit log
ada cannot disable ada because "the desk needs an administrator"
ada cannot make ada an advisor because "the desk needs an administrator"

story "signing out gives the chats back and takes the advisor off the line"
vera and otto are visitors
ann and ben are advisors
vera starts a chat
otto starts a chat
ann takes vera's chat
ann signs out
ann is signed out
the desk does its rounds
vera waits at place 1
ann cannot take otto's chat because "sign in first"
ann signs in
ann cannot take otto's chat because "Ann is not here"
ann comes online
ann takes otto's chat
ann takes vera's chat
ann has otto and vera
