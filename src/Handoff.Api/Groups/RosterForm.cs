using System.Globalization;
using Handoff.Api.Access;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Web.Groups;

namespace Handoff.Api.Groups;

/// <summary>The grid as it was posted.</summary>
internal static class RosterForm
{
    public static RecordAttendance Read(FormPost form, Group group, UnitTime time) =>
        new([.. form.Ids("stay").Select(stay => Row(form, stay, group, time))], form.Text("reason"));

    private static AttendanceRow Row(FormPost form, Guid stay, Group group, UnitTime time)
    {
        string Named(string field) => RosterField.Name(stay, field);
        return new(
            stay,
            form.One<AttendanceStatus>(Named("status")),
            Clock(form, Named("arrived"), group, time),
            Clock(form, Named("left"), group, time),
            form.Number(Named("minutes")),
            form.Number(Named("participation")),
            form.Text(Named("response")),
            form.Text(Named("quote")),
            form.Id(Named("was")),
            form.Has(Named("error"))
        );
    }

    // A time without its day is one of the session's.
    private static DateTimeOffset? Clock(FormPost form, string field, Group group, UnitTime time) =>
        form.Moment("", field, time, group.Begin());
}
