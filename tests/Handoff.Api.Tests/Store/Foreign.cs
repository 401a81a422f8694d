namespace Handoff.Api.Tests.Store;

/// <summary>Another writer that keeps the table format's rules and knows nothing of our heads, states and proofs.</summary>
public static class Foreign
{
    public const string Headers = """
        {"occurredAt":"2026-11-21T07:00:00+00:00","user":"x","role":"Nurse","credential":null,"source":"Import","unit":null,"shift":null,
         "device":null,"onBehalfOf":null,"label":"Normal","stays":[],"command":null,"digest":null,"of":null}
        """;

    public static Task Insert(
        StoreFixture store,
        string stream,
        long version,
        string type,
        string data,
        string? headers = Headers,
        string facility = StoreFixture.Facility
    ) =>
        store.Run(
            """
            with stream as (
                insert into handoff.mt_streams as m (tenant_id, id, type, version) values ($1, $2, split_part($2, '-', 1), 1)
                on conflict (tenant_id, id) do update set version = m.version + 1, timestamp = now() returning 1)
            insert into handoff.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id,
                headers, user_name, correlation_id)
            select nextval('handoff.mt_events_sequence'), gen_random_uuid(), $2, $3, $4::jsonb, $5, now(), $1, $6::jsonb,
                'Somebody', 'not-a-guid' from stream
            """,
            facility,
            stream,
            version,
            data,
            type,
            (object?)headers ?? DBNull.Value
        );
}
