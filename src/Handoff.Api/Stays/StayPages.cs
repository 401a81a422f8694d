using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Stays;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Handoff.Api.Stays;

/// <summary>Pages about one patient. Every one of them is a look at the record, and is kept as one before it is shown.</summary>
public sealed class StayPages(Log log, LogReader reader, StatesAt states, PageContexts frames, AccessLog reads, FreeBeds beds)
{
    private const int MostReaders = 200;

    internal Task<IResult> Form<TPage>(
        HttpContext context,
        Caller caller,
        Guid stay,
        FormResult? handled = null,
        params (string Name, object? Value)[] more
    )
        where TPage : IComponent =>
        Show(
            context,
            caller,
            stay,
            AccessPurpose.Stay,
            async (frame, at) =>
            {
                var parameters = new Dictionary<string, object?>
                {
                    ["PageContext"] = frame,
                    ["Bedside"] = at,
                    ["SubmittedForm"] = handled?.SubmittedForm,
                };
                if (typeof(TPage) == typeof(MovePage))
                {
                    parameters[nameof(MovePage.Free)] = await beds.ForCaller(caller, at.Stay.Where()?.Unit, context.RequestAborted);
                }

                foreach (var (name, value) in more)
                {
                    parameters[name] = value;
                }

                return new RazorComponentResult<TPage>(parameters)
                {
                    StatusCode = handled?.Status ?? StatusCodes.Status200OK,
                    PreventStreamingRendering = true,
                };
            }
        );

    internal Task<IResult> Readers(HttpContext context, Caller caller, Guid stay, long? before) =>
        Show(
            context,
            caller,
            stay,
            AccessPurpose.AccessReport,
            async (frame, at) =>
            {
                var looks = await reads.ForStay(caller.Facility, stay, before, MostReaders, context.RequestAborted);
                return Forms.Page<ReadersPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        Readers = looks.Select(look => new Reader(look.At, look.UserName, Enum.Parse<Role>(look.Role), look.What)).ToList(),
                        More = looks.Count == MostReaders ? looks[^1].Id : (long?)null,
                    }
                );
            }
        );

    /// <param name="at">The instant that the address asks for; null for now.</param>
    internal async Task<IResult> Show(
        HttpContext context,
        Caller caller,
        Guid stay,
        AccessPurpose what,
        Func<PageContext, Bedside, Task<IResult>> page,
        string? at = null
    )
    {
        var cancel = context.RequestAborted;
        var version = await reader.Head(caller.Facility, cancel);
        var known = await log.State<Stay>(caller.Facility, stay.ToString(), cancel);
        if (known.Where() is not { } where)
        {
            return Results.NotFound();
        }

        if (!caller.Actor.WorksOn(where.Unit))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await reads.Record(caller, at is null ? what : AccessPurpose.AsOf, where.Unit, [stay], cancel);
        if (at is not null)
        {
            var (frame, then, refused) = (await frames.ForRequest(context, caller, where.Unit, cancel)).Asked(at, context);
            return refused
                ?? (
                    await Then(caller.Facility, stay, then!.Value, cancel) is not { } bedside
                        ? Failures.Refused(UnknownThen)
                        : await page(frame with { Place = Where(frame.Place, bedside) }, bedside)
                );
        }

        var unit = await log.State<Unit>(caller.Facility, where.Unit, cancel);
        return await page(
            await frames.ForRequest(context, caller, where.Unit, cancel),
            new(known, unit) { Version = version, States = await Beside(caller.Facility, stay, null, cancel) }
        );
    }

    /// <summary>What the slices keep about a patient for the pages about them, as it is or as it stood.</summary>
    internal async Task<List<State>> Beside(string facility, Guid stay, DateTimeOffset? at, CancellationToken cancel)
    {
        List<string> streams = [.. StayPart.All.Select(part => StreamId.For(part.Kind, stay))];
        var saved = await states.Load(facility, streams, at, cancel);
        return [.. streams.Select(stream => saved[stream].State)];
    }

    private static Refusal UnknownThen =>
        Refusal.NotFound("stay-unknown-then", "Nothing was known of this stay by that time. Choose a later one.", "at");

    // The patient as they were; null before the stay was known.
    private async Task<Bedside?> Then(string facility, Guid stay, DateTimeOffset at, CancellationToken cancel)
    {
        var known = await states.State<Stay>(facility, stay.ToString(), at, cancel);
        return known.Where() is not { } where
            ? null
            : new(known, await states.State<Unit>(facility, where.Unit, at, cancel))
            {
                Version = await states.Head(facility, at, cancel),
                States = await Beside(facility, stay, at, cancel),
            };
    }

    internal static Place? Where(Place? place, Bedside then) =>
        place is null ? null : place with { Unit = then.Unit.Id, Name = then.Unit.Name ?? then.Unit.Id, Shift = null };
}
