using Handoff.Domain.Stays;

namespace Handoff.Api.Stays;

/// <summary>Who is on a unit now, in the order of its board, for slices that the board is made of.</summary>
public interface IBoardOrder
{
    /// <summary>Null if there is no such unit.</summary>
    Task<IReadOnlyList<BoardPerson>?> Patients(string facility, string unit, CancellationToken cancel);
}
