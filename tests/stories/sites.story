# Where the widget stands, who a customer is, and the teams.

story "the same customer at home and at work"
ada adds the site shop
home and work are visitors
ann is an advisor
shop says that home is customer c-17
home starts a chat: "My lamp flickers"
ann takes home's chat
ann says to home: "Which one is it?"
# In the afternoon, on another machine, the shop signs the same customer.
wait 3 hours
shop says that work is customer c-17
work is with ann
work says: "The Heron. I am at work now"
ann says to work: "Then it is the switch: I send you a new one"
ann ends work's chat
home's chat is closed

story "somebody else at the same counter"
ada adds the site shop
vera and otto are visitors
ann is an advisor
shop says that vera is customer c-17
vera starts a chat: "My order is 20417"
shop says that otto is customer c-18
otto cannot read vera's chat because "there is no such conversation"
otto cannot say to vera: "Send it to me instead" because "there is no such conversation"

story "the same number in two shops is two customers"
ada adds the site lamps
ada adds the site jugs
vera and otto are visitors
lamps says that vera is customer c-17
vera starts a chat: "About the lamp"
jugs says that otto is customer c-17
otto cannot read vera's chat because "there is no such conversation"

story "signing in to the shop in the middle of a chat"
ada adds the site shop
vera is a visitor
ann is an advisor
vera starts a chat: "Good morning"
ann takes vera's chat
shop says that vera is customer c-17
vera is with ann
vera says: "It is me, signed in"
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees vera: "Good morning"
in vera's chat, ann sees vera: "It is me, signed in"

story "the pages that somebody goes through"
vera is a visitor
ann is an advisor
vera goes to "https://shop.example/lamps"
vera starts a chat: "Is it in stock?"
vera goes to "https://shop.example/lamps/heron"
ann sees vera on "https://shop.example/lamps/heron"
vera goes to "https://shop.example/basket"
ann sees vera on "https://shop.example/basket"
vera cannot go to "javascript:alert(1)" because "the address of a page"
ann sees vera on "https://shop.example/basket"

story "a shop's owner puts the widget on a page"
ann is an advisor
lea is a lead
ada adds the site shop
the page "https://shop.example/lamps" shows the widget of shop
lea reads the site shop
lea cannot archive the site shop because "your role may not do this"
ann cannot read the site shop because "your role may not do this"
ada archives the site shop

story "a team"
lea is a lead
ann and ben are advisors
lea makes the team lamps of ann and ben
the team lamps is ann and ben
ann cannot archive the team lamps because "your role may not do this"
lea archives the team lamps
