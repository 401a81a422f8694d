using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Web.Stays;

namespace Handoff.Api.Stays;

/// <summary>
/// What another slice keeps about a patient and tells in the head of their pages. It is registered where the application is put together;
/// the order there is the order on the page.
/// </summary>
public abstract record BedsidePart(HeadPart Head)
{
    /// <param name="at">As it stood at an instant; null for now.</param>
    internal abstract Task<State> Read(StatesAt states, string facility, Guid stay, DateTimeOffset? at, CancellationToken cancel);
}

/// <param name="Mark">A component beside the patient's name.</param>
/// <param name="Lines">A component below who they are and where.</param>
public sealed record BedsidePart<T>(Type? Mark, Type? Lines) : BedsidePart(new HeadPart(Mark, Lines))
    where T : State, new()
{
    internal override async Task<State> Read(StatesAt states, string facility, Guid stay, DateTimeOffset? at, CancellationToken cancel) =>
        await states.State<T>(facility, stay.ToString(), at, cancel);
}
