// A machine that makes a round: it knows the service from its contract alone.
import createClient from "openapi-fetch";
import type { components, paths } from "./.made/schema.js";

declare const process: { argv: string[]; stdout: { write(text: string): void } };

type Card = components["schemas"]["BoardCard"];

const [, , baseUrl = "", key = ""] = process.argv;
const handoff = createClient<paths>({ baseUrl, headers: { "X-Api-Key": key } });

// What is refused comes as problem+json, with its code.
function done<T>(said: { data?: T; error?: unknown }): T {
    if (said.data === undefined) {
        throw new Error(`Refused: ${JSON.stringify(said.error)}`);
    }
    return said.data;
}

const me = done(await handoff.GET("/api/me"));
const board = done(await handoff.GET("/api/units/{unit}/board", { params: { path: { unit: "2-west" } } }));
const card = board.cards.find((one: Card) => one.away === null && one.lastSeen !== null);
if (card === undefined) {
    throw new Error("Nobody is on the unit.");
}

const path = { id: card.stay };
const rounding = await handoff.GET("/api/rounding/{id}", { params: { path } });
const version = rounding.response.headers.get("ETag") ?? "";
const written = done(
    await handoff.POST("/api/rounding/{id}/record-check", {
        params: { path, header: { "If-Match": version, "Idempotency-Key": "the first of this round" } },
        body: { place: "Hallway", isAsleep: false, activity: "Calm" },
    }),
);
const late = await handoff.POST("/api/rounding/{id}/record-check", {
    params: { path, header: { "If-Match": version } },
    body: { place: "Room", isAsleep: false },
});
const batch = done(
    await handoff.POST("/api/commands", {
        body: {
            commands: [
                { to: `/api/rounding/${card.stay}/record-check`, request: "the second", body: { place: "Room", isAsleep: false } },
                { to: `/api/rounding/${card.stay}/record-check`, request: "the third", body: { isAsleep: false } },
            ],
        },
    }),
);
const events = done(await handoff.GET("/api/events", { params: { query: { after: String(board.position), wait: "10" } } }));

process.stdout.write(
    JSON.stringify({
        who: me.staff.name,
        level: done(rounding).level,
        written: written.events,
        late: late.error?.code,
        batch: batch.answers.map((one) => one.problem?.field ?? one.status),
        heard: events.events.filter((one) => one.stream === written.stream).map((one) => one.type),
        ids: events.events.map((one) => one.id),
    }),
);
