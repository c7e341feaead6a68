/* A desk with one page: Vera's, a visitor, whose socket is open. */
#pragma once

#include "tests/kit/desk_socket.h"

struct page_scene {
	struct kit_desk *desk;
	struct kit_hub *hub;
	const struct kit_actor *vera;
	struct kit_client *page;
};

struct page_scene page_scene_begin(void);
void page_scene_end(struct page_scene *scene);

/* She begins a chat; gives its conversation. */
const char *page_scene_chat(struct page_scene *scene);

/* How many sockets the desk has. */
unsigned page_scene_sockets(struct page_scene *scene);
