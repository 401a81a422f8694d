using JasperFx;
using JasperFx.CodeGeneration;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Core.Migrations;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten;
using Wolverine.Postgresql;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace Handoff.Api.Store;

/// <summary>
/// Something owed could not be done. Wolverine logs what a handler throws and keeps it with the dead letter; the words of an error may
/// speak of a patient,
/// so only its kind and where it happened go there.
/// </summary>
public class OwedFailedException(string says) : Exception(says)
{
    /// <summary>Lets through only what has no patient's data in it.</summary>
    public static async Task Plainly(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure)
            when (failure is not (OwedFailedException or LogUnavailableException or NpgsqlException or OperationCanceledException))
        {
            throw new OwedFailedException(failure.GetType().Name + "\n" + failure.StackTrace);
        }
    }
}
