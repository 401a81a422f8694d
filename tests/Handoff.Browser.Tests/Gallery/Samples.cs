using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Microsoft.Extensions.Primitives;

namespace Handoff.Browser.Tests.Gallery;

/// <summary>A moment on a unit to show pages with: nobody in it is real.</summary>
public static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 32, 8, TimeSpan.FromHours(-6));

    public static readonly Viewer Nurse = new("u-7", "Kim Ortiz", Role.ChargeNurse, Permission.All.ToHashSet());

    public static readonly Place West = new(
        "2w",
        "2 West",
        UnitTime.In("America/Chicago"),
        "Day 07:00–15:00",
        "23 of 24 beds · RN Ortiz in charge"
    );

    public static PageContext Frame(string path) =>
        new()
        {
            Now = Now,
            Path = path,
            NewRequest = Guid.CreateVersion7,
            Antiforgery = new("__RequestVerificationToken", "token"),
            Viewer = Nurse,
            Place = West,
            Units = [new("2w", "2 West"), new("3e", "3 East")],
            FeedProblems = 2,
            Nonce = "sample",
        };

    public static PageContext Stranger(string path) => Frame(path) with { Viewer = null, Place = null, Units = [], FeedProblems = 0 };

    public static readonly IReadOnlyList<DemoAccount> Accounts =
    [
        new(Role.Technician, "Luis Vega", "luis", "handoff-demo"),
        new(Role.Nurse, "Ana Petrov", "ana", "handoff-demo"),
        new(Role.ChargeNurse, "Kim Ortiz", "kim", "handoff-demo"),
        new(Role.Prescriber, "Dr. Noor Haddad", "noor", "handoff-demo"),
        new(Role.Manager, "Jo Lindqvist", "jo", "handoff-demo"),
    ];

    public static readonly SubmittedForm Refused = SubmittedForm.FromForm(
        [new("account", new StringValues("kim")), new("place", new StringValues("hall")), new("bed", new StringValues("204C"))],
        new FieldError("password", "Type your password"),
        new FieldError("bed", "Choose a bed of 2 West: 204C is not one")
    );
}
