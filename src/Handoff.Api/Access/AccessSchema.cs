using Handoff.Api.Store;

namespace Handoff.Api.Access;

/// <summary>The tables of people, machines and who read what: schema <c>access</c>.</summary>
public static class AccessSchema
{
    /// <summary>Creates what is missing, in one transaction.</summary>
    /// <param name="connectionString">Of the owner of the database, not of the application's role.</param>
    public static Task Create(string connectionString, CancellationToken cancel) =>
        Schema.Run(connectionString, Schema.Script("Handoff.Api.Access.Schema.sql"), cancel);
}
