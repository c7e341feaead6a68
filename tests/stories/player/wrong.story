# Each of these is wrong in the way that its title says: the player must notice (stories --wrong).

story "wrong.story:9: expected vera to see ann: \"Hello\", seen nothing new"
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
vera sees that ann took the chat
vera sees ann: "Hello"

story "expected vera to see ann: \"Two\", seen ann: \"One\""
vera is a visitor
ann is an advisor
vera starts a chat
ann takes vera's chat
ann says to vera: "One"
ann says to vera: "Two"
vera sees that ann took the chat
vera sees ann: "Two"

story "expected a refusal with \"Ben has taken this chat\", but it was done"
vera is a visitor
ann is an advisor
vera starts a chat
ann cannot take vera's chat because "Ben has taken this chat"

story "expected a refusal with \"Ben\", seen urn:softanswer:state: \"Ann is away\""
vera is a visitor
ann is an advisor
vera starts a chat
ann goes away
ann cannot take vera's chat because "Ben"

story "expected chat.take to be done, seen urn:softanswer:state: \"Ann is away\""
vera is a visitor
ann is an advisor
vera starts a chat
ann goes away
ann takes vera's chat

story "expected place 2, seen place 1"
vera is a visitor
vera starts a chat
vera waits at place 2

story "expected otto, vera, seen vera, otto"
vera and otto are visitors
vera starts a chat
otto starts a chat
otto and vera wait

story "no line is like this: vera dances"
vera is a visitor
vera dances

story "there is no otto in this story"
vera is a visitor
otto starts a chat

story "vera has no conversation yet"
vera is a visitor
vera says: "Hello"

story "the story ends inside of"
vera is a visitor
at once:
	vera starts a chat

story "expected chat.take to be done, seen urn:softanswer:state: \"Ann has taken this chat\""
vera is a visitor
ann and ben are advisors
vera starts a chat
at once:
	ann takes vera's chat
	ben takes vera's chat
that was at once
