using Handoff.Domain.Boards;
using Handoff.Domain.Units;

namespace Handoff.Simulator;

/// <summary>The unit while a few minutes are decided: what the board shows, and what was decided since.</summary>
internal sealed class Floor(Board board, Ward ward)
{
    private readonly HashSet<string> filled = [.. board.Cards.Select(c => c.Bed).OfType<string>()];
    private int arrived;

    public IReadOnlyList<BoardCard> Cards => board.Cards;

    /// <summary>Stays about which something is decided already.</summary>
    public HashSet<Guid> Touched { get; } = [];

    public int Census => board.Cards.Count + arrived;

    public int Missing => Math.Min(ward.Patients, ward.Beds.Count) - Census;

    public int Away => board.Away;

    public int Close => board.Cards.Count(c => c.Level > ObservationLevel.Q15);

    /// <summary>A bed that is given up becomes free with the next board.</summary>
    public List<string> FreeBeds => [.. ward.Beds.Where(b => !filled.Contains(b))];

    public IEnumerable<BoardCard> Here => board.Cards.Where(c => c is { Away: null, Mrn: not null, Level: not null });

    /// <summary>Those who may leave the unit: not watched more closely than every 15 minutes.</summary>
    public IEnumerable<BoardCard> Settled => Here.Where(c => c.Level <= ObservationLevel.Q15);

    /// <summary>The bed is somebody's from now on.</summary>
    public void Fill(string bed) => filled.Add(bed);

    public void Arrive(string bed)
    {
        Fill(bed);
        arrived++;
    }
}
