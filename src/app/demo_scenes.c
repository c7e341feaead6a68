/* What is said on the demo desk: see demo_scenes.h. */
#include "app/demo_scenes.h"

#include <glib.h>

/* clang-format off: a line of the table for each thing that is said, however long. */

#define SHOP         "https://lamp-and-larch.example"
#define GERMAN_SHOP  "https://lampe-laerche.example"
#define SPANISH_SHOP "https://lampara-alerce.example"

#define PHONE                                                                                                          \
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
#define FIREFOX "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
#define CHROME                                                                                                         \
	"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36"
#define SAFARI                                                                                                         \
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"

#define AT(hour, minute) ((hour)*60 + (minute))

const struct scene demo_scenes[] = {
	/* ---- A week of finished ones ---- */
	{ "Vera Lindqvist", "vera@mail.example", "Lamp", SHOP "/lamps/heron", "en", "203.0.113.24", FIREFOX, .days_ago = 6, .at_minute = AT(9, 12), .steps = {
		{ ASK, VISITOR, 0, "Good morning! Is the reading lamp Heron in stock, and does it take an E14 bulb?" },
		{ TAKE, BEN, 8 },
		{ SAY, BEN, 17, "Good morning, Vera! It is: we have eleven of them. It takes E14, up to 40 watts." },
		{ SAY, VISITOR, 40, "Lovely. Would it be here by Friday if I order now?" },
		{ SAY, BEN, 35, "Yes: what is ordered before two leaves today. You would have it on Thursday." },
		{ SAY, VISITOR, 20, "Perfect, thank you!" },
		{ SAY, BEN, 15, "With pleasure. Enjoy the light!" },
		{ SEEN, VISITOR, 5 },
		{ END, BEN, 25, "solved" },
		{ RATE, VISITOR, 20, "Quick, and he knew the lamp by heart.", .number = 5 },
	} },
	{ "Harriet Boyle", "harriet@mail.example", "Bench", SHOP "/garden/oak-bench", "en", "203.0.113.80", SAFARI, .days_ago = 5, .at_minute = AT(13, 20), .steps = {
		{ ASK, VISITOR, 0, "The oak bench is sold out on your page. Will it come back before the winter?" },
		{ TAKE, BEN, 20 },
		{ SAY, BEN, 30, "Hello, Harriet! The joiner has promised me twenty, and I do not know the week yet. May I ask him and write to you?" },
		{ SAY, VISITOR, 45, "Please do. And does it come in one parcel? I have a narrow staircase." },
		{ SAY, BEN, 30, "I shall ask that as well. You will hear from me tomorrow." },
		{ SEEN, VISITOR, 10 },
		{ END, BEN, 30, "owed", "When the oak bench is back, and whether it comes in one parcel or two (narrow staircase)" },
	} },
	{ "Tomás Herrera", "tomas@mail.example", "Return", SHOP "/kitchen/jug", "en", "198.51.100.7", PHONE, .days_ago = 5, .at_minute = AT(14, 40), .steps = {
		{ ASK, VISITOR, 0, "Hi, the stoneware jug arrived with a chipped rim. What do I do?" },
		{ TAKE, CLEO, 8 },
		{ SAY, CLEO, 22, "Oh no, I am sorry about that, Tomás. May I have your order number, and perhaps a picture?" },
		{ SAY, VISITOR, 45, "It is 20417. Here is the jug:" },
		{ PICTURE, VISITOR, 15, "jug with a chip.png" },
		{ NOTE, CLEO, 30, "Order 20417: third chipped jug from the same delivery. Told the packers." },
		{ SAY, CLEO, 20, "Thank you, I see it. A new jug leaves today, and you need not send the old one back." },
		{ SAY, VISITOR, 25, "That was quick. Thanks!" },
		{ SEEN, CLEO, 5 },
		{ END, CLEO, 15, "solved" },
		{ RATE, VISITOR, 40, .number = 5 },
	} },
	{ "June Park", "june@mail.example", NULL, SHOP "/garden/first-garden", "en", "192.0.2.61", SAFARI, .days_ago = 4, .at_minute = AT(11, 5), .steps = {
		{ ASK, VISITOR, 0, "Do you send the seed box to Canada?" },
		{ TAKE, ANN, 8 },
		{ SAY, ANN, 42, "Not the seeds, June: Canada wants a paper for each kind, and we have twelve. Everything else, gladly." },
		{ SAY, VISITOR, 30, "A pity! Then the soup book. How long does it take?" },
		{ SAY, ANN, 40, "Ten days by post, and we pay the duty." },
		{ SAY, VISITOR, 20, "Great, I'll order two." },
		{ SEEN, ANN, 5 },
		{ END, ANN, 55, "answered" },
		{ RATE, VISITOR, 30, .number = 4 },
	} },
	{ "Rank Rocket", NULL, NULL, SHOP "/", "en", "192.0.2.200", CHROME, .days_ago = 3, .at_minute = AT(8, 50), .steps = {
		{ ASK, VISITOR, 0, "Dear owner, we bring your shop to page ONE of every search, 300 links for $ 99. Interested??" },
		{ TAKE, BEN, 60 },
		{ SAY, BEN, 15, "Thank you, no. Please do not write again." },
		{ SAY, VISITOR, 20, "Last chance! 500 links for $ 99!!" },
		{ BLOCK, BEN, 15, "visitor", "Sells links; came back three times after a friendly no" },
	} },
	{ "Maya Lind", "maya@mail.example", "Blanket", SHOP "/blankets/harbour", "en", "203.0.113.119", PHONE, .days_ago = 3, .at_minute = AT(10, 30), .steps = {
		{ ASK, VISITOR, 0, "Is the blanket Harbour all right for somebody who cannot bear lanolin?" },
		{ TAKE, CLEO, 12 },
		{ SAY, CLEO, 40, "A good question, Maya, and I want to be sure. I ask the weavers today and write to you." },
		{ SAY, VISITOR, 25, "That is kind, thank you." },
		{ SEEN, CLEO, 5 },
		{ END, CLEO, 20, "owed", "Whether the wool of the blanket Harbour still has lanolin in it" },
		{ SAY, CLEO, 21 * 3600, "Good morning, Maya! The weavers wash the wool twice: there is practically no lanolin left. They would send you a small piece to try, free of charge; shall I ask them to?" },
		{ KEEP, CLEO, 40 },
		{ SEEN, VISITOR, 5400 },
	} },
	{ "Noor Haddad", "noor@blue-harbour.example", "Invoice", SHOP "/account", "en", "198.51.100.90", FIREFOX, .days_ago = 2, .at_minute = AT(16, 20), .steps = {
		{ ASK, VISITOR, 0, "I asked on Monday already: I need an invoice with our company's name on it." },
		{ TAKE, CLEO, 8 },
		{ SAY, CLEO, 27, "I am sorry that you had to ask twice. What is the company called, and which order is it for?" },
		{ SAY, VISITOR, 60, "Blue Harbour Ltd, order 20533." },
		{ NOTE, CLEO, 40, "Wants the invoice addressed to Blue Harbour Ltd. Ask accounts to change the name for good." },
		{ SAY, CLEO, 15, "Here it is. From now on they all carry that name." },
		{ INVOICE, CLEO, 10, "invoice-20533.pdf" },
		{ SAY, VISITOR, 30, "Got it, thank you." },
		{ SEEN, CLEO, 5 },
		{ END, CLEO, 10, "solved" },
		{ RATE, VISITOR, 60, "All well in the end, but I should not have had to ask twice.", .number = 3 },
	} },
	{ NULL, NULL, NULL, SHOP "/lamps", "en", "192.0.2.14", CHROME, .days_ago = 2, .at_minute = AT(18, 2), .steps = {
		{ ASK, VISITOR, 0, "hello? anybody there" },
		{ TAKE, BEN, 30 },
		{ SAY, BEN, 10, "Good evening! Yes: what may I do for you?" },
		{ END, BEN, 600, "gone" },
	} },
	{ "Ida Moreau", "ida@mail.example", "Film", SHOP "/films/lighthouse-keepers", "en", "203.0.113.150", SAFARI, .days_ago = 1, .at_minute = AT(10, 2), .steps = {
		{ ASK, VISITOR, 0, "The Lighthouse Keepers: does the film have French subtitles?" },
		{ TAKE, BEN, 6 },
		{ SAY, BEN, 14, "It does: French, German and Spanish, and it plays in all regions." },
		{ SAY, VISITOR, 15, "Then it's a present for my father. Thanks!" },
		{ END, VISITOR, 20 },
		{ REOPEN, VISITOR, 360 },
		{ SAY, VISITOR, 15, "One more thing: could you wrap it and put a card in?" },
		{ SAY, BEN, 30, "Of course. What shall we write on the card?" },
		{ SAY, VISITOR, 50, "“For the long evenings. Ida”" },
		{ SAY, BEN, 20, "By hand, in ink. It leaves this afternoon." },
		{ SEEN, VISITOR, 5 },
		{ END, BEN, 40, "solved" },
		{ RATE, VISITOR, 15, "They write the card by hand!", .number = 5 },
	} },
	{ "x", NULL, NULL, SHOP "/", "en", "192.0.2.233", CHROME, .days_ago = 1, .at_minute = AT(15, 44), .steps = {
		{ ASK, VISITOR, 0, "give me a free lamp or i write bad reviews everywhere" },
		{ TAKE, CLEO, 40 },
		{ SAY, CLEO, 20, "I gladly help with an order. What happened?" },
		{ SAY, VISITOR, 10, "nothing happened i want a lamp. 20 friends of mine write reviews too" },
		{ NOTE, CLEO, 15, "The fourth one today with the same words." },
		{ BLOCK, CLEO, 20, "address", "Threatens with reviews to get free goods", .number = 7 * 24 },
	} },
	{ "Lucía Romero", "lucia@correo.example", "Manta", SPANISH_SHOP "/mantas", "es", "203.0.113.201", PHONE, .site = SPANISH_SITE, .days_ago = 1, .at_minute = AT(22, 10), .steps = {
		{ FORM, VISITOR, 0, "Buenas noches. ¿La manta «Harbour» existe también en 180 por 220? Si la tienen en gris, me quedo con dos. Gracias." },
	} },
	{ "Gus Holm", "gus@mail.example", "Blanket", SHOP "/blankets/harbour", "en", "198.51.100.41", FIREFOX, .at_minute = 22 * 60, .steps = {
		{ ASK, VISITOR, 0, "Could I have the washing instructions of the blanket in French? It is for my mother-in-law." },
		{ TAKE, ANN, 15 },
		{ SAY, ANN, 25, "Gladly, Gus. They are being translated; I send them by tomorrow. Is this address right?" },
		{ SAY, VISITOR, 30, "It is. No hurry, her birthday is in two weeks." },
		{ SEEN, ANN, 5 },
		{ END, ANN, 20, "owed", "The washing instructions of the wool blanket, in French" },
	} },
	/* ---- What is under way: as many minutes ago as it lasts, and a few more ---- */
	{ "Jonas Weber", "jonas@post.example", "Lieferung", GERMAN_SHOP "/lampen/reiher", "de", "198.51.100.133", FIREFOX, .at_minute = 15, .steps = {
		{ ASK, VISITOR, 0, "Guten Tag, meine Lampe sollte am Dienstag kommen. Wo steckt sie?" },
		{ TAKE, CLEO, 20 },
		{ SAY, CLEO, 25, "Guten Tag! One moment please: my colleague Lena speaks German." },
		{ HAND, CLEO, 30, "Asks in German where his lamp is. No order number yet.", .number = GERMAN },
		{ TAKE, LENA, 25 },
		{ SAY, LENA, 30, "Guten Tag, Herr Weber, hier ist Lena. Wenn Sie mir die Bestellnummer geben, sehe ich nach." },
		{ WALK, VISITOR, 20, GERMAN_SHOP "/konto/bestellungen", "Meine Bestellungen" },
		{ SAY, VISITOR, 40, "20871. Bezahlt habe ich am 3." },
		{ SAY, LENA, 90, "Danke! Sie liegt seit gestern im Paketzentrum und ist heute auf dem Wagen. Bis 18 Uhr sollte sie bei Ihnen sein." },
		{ SEEN, VISITOR, 15 },
		{ DRAFT, LENA, 30, "Falls niemand zu Hause ist, legt der Bote sie", "message", .number = 1 },
	} },
	{ "Marta Jensen", "marta@mail.example", "Delivery", SHOP "/kitchen/jug", "en", "203.0.113.9", SAFARI, .at_minute = 11, .steps = {
		{ ASK, VISITOR, 0, "Hello, the jug that I gave to my sister came with a chip in the rim. May I change it?" },
		{ TAKE, ANN, 15 },
		{ SAY, ANN, 25, "Of course, Marta, and I am sorry. Have you a picture, and the order number?" },
		{ WALK, VISITOR, 20, SHOP "/account/orders", "My orders" },
		{ SAY, VISITOR, 35, "Order 20533, and this is the jug:" },
		{ PICTURE, VISITOR, 15, "the jug.png" },
		{ NOTE, ANN, 40, "Same batch as order 20417 of last week. There are six more on shelf C4: have them looked at." },
		{ SAY, ANN, 20, "Thank you, that is quite a chip. A new one leaves today; keep the old one for flowers." },
		{ INVOICE, ANN, 30, "invoice-20533.pdf" },
		{ SAY, ANN, 10, "And here is the invoice with the change on it." },
		{ SEEN, VISITOR, 12 },
		{ WALK, VISITOR, 40, SHOP "/kitchen/jug?colour=moss", "Stoneware jug, moss green" },
		{ SAY, VISITOR, 55, "That is very kind! Could the new one be in moss green? I have just seen it." },
		{ SAY, VISITOR, 140, "And could it go to my sister at once? 14 Mill Lane, Eastbury." },
		{ DRAFT, ANN, 60, "Moss green it is, and to Mill Lane. It will be with your sister on", "message", .number = 1 },
	} },
	{ "Arthur Penn", "a.penn@eastbury-school.example", "Order", SHOP "/lamps/heron", "en", "198.51.100.212", FIREFOX, .at_minute = 9, .steps = {
		{ ASK, VISITOR, 0, "Good day. We are furnishing a school library and think of 24 reading lamps. Is there a price for schools?" },
		{ TAKE, CLEO, 20 },
		{ SAY, CLEO, 40, "Good day, Mr. Penn! What a fine plan. There is; let me ask how much for 24." },
		{ INVITE, CLEO, 15, .number = BEN },
		{ WHISPER, BEN, 45, "From twenty pieces on you may give ten per cent, and sixty days to pay. If he takes the brass ones I add the bulbs." },
		{ SAY, CLEO, 40, "For 24 we take ten per cent off, and the school may pay within sixty days." },
		{ SAY, VISITOR, 70, "That is within our means. Could they have a heavier foot? The children are lively." },
		{ SAY, BEN, 60, "Ben here, I look after the lamps. Yes: we have a cast-iron foot that cannot be tipped over, at no extra cost." },
		{ NOTE, CLEO, 30, "School in Eastbury, ordered 40 chairs from us two years ago. Invoice to the town, not to the school." },
		{ SAY, VISITOR, 45, "Excellent. I put it to the headmistress this afternoon. Could you hold the lamps until then?" },
		{ SAY, CLEO, 50, "I have put 24 aside for you until Friday evening." },
		{ GOT, VISITOR, 3 },
	} },
	{ "Tom Reyes", NULL, "Lamp", SHOP "/lamps", "en", "203.0.113.33", CHROME, .at_minute = 6, .steps = {
		{ ASK, VISITOR, 0, "Does the reading lamp take an ordinary bulb?" },
		{ TAKE, ANN, 30 },
		{ SAY, ANN, 25, "It does: E14, up to 40 watts. LED bulbs are fine too." },
		{ SEEN, VISITOR, 8 },
		{ DRAFT, ANN, 60, "Asked about bulbs twice this week: put it on the page of the lamp?", "note", .number = 1 },
	} },
	{ "Oskar Lind", "oskar@mail.example", "Delivery", SHOP "/account/orders", "en", "198.51.100.18", PHONE, .at_minute = 7, .steps = {
		{ ASK, VISITOR, 0, "Hi! My parcel 20790 says delivered, but it is not here." },
		{ TAKE, LENA, 15 },
		{ SAY, LENA, 30, "Hello, Oskar! My colleagues from Orders can ask the carrier. I pass you on, they see what you wrote." },
		{ SEEN, VISITOR, 6 },
		{ HAND, LENA, 10, "Parcel 20790 is marked as delivered and is not there. Needs a search at the carrier's.", .number = ORDERS },
		{ WALK, VISITOR, 30, SHOP "/help/parcels", "Where is my parcel?" },
		{ SAY, VISITOR, 50, "I have asked both neighbours already." },
	} },
	{ "Katrin Böhm", "katrin@post.example", NULL, GERMAN_SHOP "/garten/samenkiste", "de", "203.0.113.77", PHONE, "Worum geht es?", "Rückgabe", .site = GERMAN_SITE, .at_minute = 4, .steps = {
		{ ASK, VISITOR, 0, "Guten Tag, in der Samenkiste fehlt das Tütchen mit der Pastinake. Können Sie es nachsenden?" },
	} },
	{ NULL, NULL, NULL, SHOP "/blankets/harbour", "en", "192.0.2.88", CHROME, .at_minute = 1, .steps = {
		{ ASK, VISITOR, 0, "Is the blanket washable?" },
	} },
};

/* clang-format on */

const size_t demo_scene_count = G_N_ELEMENTS(demo_scenes);
