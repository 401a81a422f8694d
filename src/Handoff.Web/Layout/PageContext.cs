using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Web.Layout;

/// <summary>The moment, the person and the place that a page is rendered for. Cascades to every component of the page.</summary>
public sealed record PageContext
{
    /// <summary>The server's time; pages count from it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The request's path, such as <c>/units/2w/board</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Makes the id by which a form's second sending is recognized as the same request.</summary>
    public required Func<Guid> NewRequest { get; init; }

    /// <summary>The antiforgery token that every form of the page carries; null where no form is sent.</summary>
    public AntiforgeryToken? Antiforgery { get; init; }

    /// <summary>Who is signed in; null for nobody.</summary>
    public Viewer? Viewer { get; init; }

    /// <summary>The unit that the page is about; null for the facility.</summary>
    public Place? Place { get; init; }

    /// <summary>The units that the viewer may go to.</summary>
    public IReadOnlyList<UnitLink> Units { get; init; } = [];

    /// <summary>How many messages of the admissions feed wait for a person.</summary>
    public int FeedProblems { get; init; }

    /// <summary>How many questions about the unit's checks wait for an answer, for whoever may answer them.</summary>
    public int RoundQuestions { get; init; }

    /// <summary>Asks what the viewer is to be told on whatever page they have open; null for whoever is never told anything so.</summary>
    public Func<Task<IReadOnlyList<PageNotice>>>? Notices { get; init; }

    /// <summary>The past instant that the page shows; such a page neither ticks nor listens. Null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Of a page of the past the present that its bar is made for; null on a page of the present.</summary>
    public PageContext? Present { get; init; }

    /// <summary>Of a page of the past its address without the time, which is the page now.</summary>
    public string? PresentAddress { get; init; }

    /// <summary>What was just done and can be taken back; null for nothing.</summary>
    public UndoOffer? Undo { get; init; }

    /// <summary>The nonce of this answer's content security policy, if it has one; Turbo's progress bar needs it.</summary>
    public string? Nonce { get; init; }

    /// <summary>In training what the clock shows, which stands until a trainer moves it; null everywhere else.</summary>
    public string? Training { get; init; }

    /// <summary>The clock for pages that are about no unit.</summary>
    public UnitTime FacilityTime { get; init; } = UnitTime.Utc;

    /// <summary>The clock on the wall of the page's unit.</summary>
    public UnitTime Time => Place?.Time ?? FacilityTime;

    /// <summary>
    /// The frame of the same page as it stood at an instant: everything counts from then, and nobody can do anything there.
    /// </summary>
    public PageContext Then(DateTimeOffset at, string presentAddress)
    {
        var present = this with { AsOf = at };
        return present with
        {
            Now = at,
            Present = present,
            PresentAddress = presentAddress,
            Viewer = Viewer is { } viewer ? viewer with { Id = "", May = new HashSet<Permission>() } : null,
        };
    }

    /// <summary>
    /// An address as it stood at the instant that this page shows, if what is there can be shown so; else as it is now, of which
    /// <c>ToNow</c> says so in the link.
    /// </summary>
    public string At(string address) => AsOf is { } at && Paths.ShowsThePast(address) ? Paths.At(address, at) : address;

    /// <summary>Whether somebody is signed in who may do this.</summary>
    public bool May(Permission permission) => Viewer?.May.Contains(permission) ?? false;
}

/// <summary>The name and value of the hidden field that proves that a form came from this site.</summary>
public sealed record AntiforgeryToken(string Field, string Value);

/// <summary>Somebody signed in: an opaque id, the name to show, and what they may do on this page's unit.</summary>
public sealed record Viewer(string Id, string Name, Role Role, IReadOnlySet<Permission> May);

/// <summary>
/// A unit as the top bar shows it: id, name, its clock, the shift (<c>Day 07:00–15:00</c>) and a few more words (<c>23 of 24 beds</c>).
/// </summary>
public sealed record Place(string Unit, string Name, UnitTime Time, string? Shift = null, string? Words = null);

/// <summary>A unit to go to.</summary>
public sealed record UnitLink(string Unit, string Name);

/// <summary>What was done, in words, and the address that takes it back when posted to, with the fields that it needs.</summary>
public sealed record UndoOffer(string Words, string Action, IReadOnlyDictionary<string, string> Fields, int Seconds = 8);
