/* A desk with one page: see desk_page.h. */
#include "tests/kit/desk_page.h"

#include "tests/kit/facts.h"

struct page_scene
page_scene_begin(void)
{
	struct page_scene scene = { .desk = kit_desk_begin(1) };

	scene.hub = kit_hub_begin(scene.desk);
	scene.vera = kit_visitor(scene.desk, "vera");
	scene.page = kit_connect(scene.hub, scene.vera);
	return scene;
}

void
page_scene_end(struct page_scene *scene)
{
	kit_hub_end(scene->hub);
	kit_desk_end(scene->desk);
}

const char *
page_scene_chat(struct page_scene *scene)
{
	const struct kit_answer *answer = kit_do(scene->desk, scene->vera, "chat.start", "{s:s}", "id", "start-0001");

	assert_true(answer->is_ok);
	return g_intern_string(kit_text(answer, "conversation"));
}

unsigned
page_scene_sockets(struct page_scene *scene)
{
	struct hub_figures figures;

	hub_figures(scene->hub->hub, &figures);
	return figures.sockets;
}
