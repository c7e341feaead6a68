# Whatever breaks between the page and the desk, nothing is lost and nothing comes twice.

story "the same message sent twice"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera says: "Only once, please"
vera sends it again
wait 1 hour
vera sends it again
ann sees that vera started the chat
ann sees vera: "Only once, please"
in vera's chat, ann sees nothing new

story "the message whose answer was lost"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera says: "Did you get this?", but the answer is lost
ann sees that vera started the chat
ann sees vera: "Did you get this?"
vera comes back
vera sends it again
in vera's chat, ann sees nothing new

story "the message whose commit failed"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera says: "The disk was full for a moment", but the commit fails
ann sees that vera started the chat
in vera's chat, ann sees nothing new
vera comes back
ann sees vera: "The disk was full for a moment"
in vera's chat, ann sees nothing new

story "the start of a chat whose answer was lost"
vera is a visitor
ann is an advisor
vera starts a chat: "Hello?", but the answer is lost
only vera waits
vera comes back
only vera waits
vera waits at place 1
ann takes vera's chat
ann sees that vera started the chat
ann sees vera: "Hello?"
in vera's chat, ann sees nothing new

story "the taking of a chat whose answer was lost"
vera is a visitor
ann and ben are advisors
vera starts a chat
ann takes vera's chat, but the answer is lost
ben cannot take vera's chat because "Ann has taken this chat"
ann comes back
ann has vera
vera sees that ann took the chat
vera sees nothing new

story "the visitor loses the link and comes back"
vera is a visitor
ann is an advisor
vera starts a chat: "I am on a train"
ann takes vera's chat
vera sees that ann took the chat
vera loses the link
vera says: "In a tunnel"
vera says: "Still in the tunnel"
ann says to vera: "Are you there?"
ann notes in vera's chat: "On a train"
ann says to vera: "I wait."
ann sees that vera started the chat
ann sees vera: "I am on a train"
in vera's chat, ann sees nothing new
wait 3 min
vera comes back
vera sees ann: "Are you there?"
vera sees ann: "I wait."
vera sees nothing new
ann sees vera: "In a tunnel"
ann sees vera: "Still in the tunnel"
in vera's chat, ann sees nothing new

story "the visitor comes back after a reload"
vera is a visitor
ann is an advisor
vera starts a chat: "Hello"
ann takes vera's chat
ann says to vera: "Good morning"
ann notes in vera's chat: "Reloads a lot"
vera sees that ann took the chat
vera sees ann: "Good morning"
vera reloads the page
vera is with ann
vera sees that ann took the chat
vera sees ann: "Good morning"
vera sees nothing new
vera says: "Here I am again"

story "the visitor comes back after a week"
vera is a visitor
ann and ben are advisors
vera starts a chat: "Is the lamp in stock?"
ann takes vera's chat
ann says to vera: "Next week."
ann ends vera's chat
vera sees that ann took the chat
vera sees ann: "Next week."
wait 7 days
vera reloads the page
vera's chat is closed
vera sees that ann took the chat
vera sees ann: "Next week."
vera sees that ann ended the chat
# It is the same conversation: who answers now reads what was said then.
vera starts a chat: "And now?"
ben takes vera's chat
ben sees that vera started the chat
ben sees vera: "Is the lamp in stock?"
in vera's chat, ben sees that ann took the chat
in vera's chat, ben sees ann: "Next week."
in vera's chat, ben sees that ann ended the chat
ben sees that vera started the chat
ben sees vera: "And now?"
vera sees that ben took the chat

story "the desk is killed in mid-chat"
vera is a visitor
ann is an advisor
vera starts a chat: "One"
ann takes vera's chat
vera says: "Two"
the desk is killed and started again
vera is with ann
vera says: "Three", but the commit fails
the desk is killed and started again
ann sees that vera started the chat
ann sees vera: "One"
ann sees vera: "Two"
in vera's chat, ann sees nothing new
vera comes back
ann sees vera: "Three"
ann says to vera: "All three are here."
the desk is killed and started again
vera sees that ann took the chat
vera sees ann: "All three are here."
vera sees nothing new

story "the desk is stopped and started in mid-chat"
vera is a visitor
ann is an advisor
vera starts a chat: "One"
ann takes vera's chat
the desk is stopped and started again
vera is with ann
vera says: "Two"
ann sees that vera started the chat
ann sees vera: "One"
ann sees vera: "Two"

story "the desk dies between the commit and its answer"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
ann notes in vera's chat: "Calls at noon", but the answer is lost
the desk is killed and started again
ann comes back
in vera's chat, ann sees that vera started the chat
in vera's chat, ann sees nothing new
ann corrects "Calls at noon" in vera's chat: "Calls at one"
