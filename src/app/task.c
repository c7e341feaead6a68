/* A task: see task.h. */
#include "app/task.h"

#include "base/clock.h"
#include "desk/people/actor.h"
#include "store/work.h"

struct task {
	struct work work; /* first */
	gboolean (*run)(struct tx *tx, void *data, GError **error);
	void *data;
};

static gboolean
run_task(struct tx *tx, struct work *work, GError **error)
{
	struct task *task = (struct task *)work;

	return task->run(tx, task->data, error);
}

gboolean
task_run(struct store *store, bool writes, void *memory, gboolean (*run)(struct tx *tx, void *data, GError **error),
    void *data, GError **error)
{
	static const struct actor desk_itself = { .kind = ACTOR_SYSTEM };
	struct connection *connection = store_connect(store, writes, error);
	struct task task = { .run = run, .data = data };

	if (connection == NULL)
		return FALSE;
	task.work = (struct work) {
		.memory = memory, .actor = &desk_itself, .now_ms = clock_now_ms(clock_system()), .run = run_task
	};
	secret_random(task.work.seed, sizeof task.work.seed);
	connection_run(connection, &task.work, writes);
	connection_close(connection);
	if (task.work.error == NULL)
		return TRUE;
	g_propagate_error(error, task.work.error);
	return FALSE;
}
