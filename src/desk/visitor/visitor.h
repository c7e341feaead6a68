/*
 * Visitors: who the site's pages say, signed, that one is.
 *
 * A visitor is known by its public id. What a page of a site signed of one (its id there, perhaps name and e-mail) ties it to a
 * known visitor of that site, whose conversation it goes on with, on whatever machine. What is signed goes before what somebody
 * typed, and only that is shown as verified.
 *
 * A public id that was given to somebody unknown is never made a known visitor's: who holds an old token of it must not see what
 * comes after (docs/protocol.md, 6). Decisions run inside a tx.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

struct tx;

#define IDENTITY_AHEAD_MS (24 * INT64_C(60) * 60 * 1000)
#define VISITOR_ADOPTS_MS (24 * INT64_C(60) * 60 * 1000)

/* What a page says of a visitor; proven once `mac` is that of `payload` under the site's secret. */
struct identity {
	const char *payload; /* the characters that were signed */
	struct digest mac;
	const char *external_id;
	const char *name, *email; /* NULL: not signed */
	int64_t expires_at;
};

struct visitor_identify {
	const char *site;
	const char *token;               /* as it came; the edge made `identity` of it */
	bool bearer;                     /* the edge's: answer the visitor's token too */
	const struct identity *identity; /* NULL: it could not be read */
	const char *problem;             /* why not */
	const struct digest *key;        /* the edge's: what secrets are sealed with */
};

struct visitor_identified {
	const char *visitor; /* public id that the caller goes on with */
	int64_t until;       /* for so long: until what was signed ends */
};

/*
 * Makes the caller the known visitor of that identity. Field token is to blame: REFUSED_FIELD when it cannot be read or was signed with
 * another secret, REFUSED_RANGE when it has ended or ends more than IDENTITY_AHEAD_MS ahead, REFUSED_STATE when the site has
 * no secret. REFUSED_UNKNOWN (field site) for no site. An unknown visitor who becomes known takes its conversation along, under a
 * new public id; so does one who turns out to be a known visitor without any conversation, if something was said within
 * VISITOR_ADOPTS_MS. Tells visitor.moved then.
 */
CHECKED gboolean visitor_identify(
    struct tx *tx, const struct visitor_identify *ask, struct visitor_identified *answer, GError **error);

/* Body of visitor.moved: nobody is this visitor any more. */
struct visitor_moved {
	const char *visitor; /* public id */
};
