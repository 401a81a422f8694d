using System.Globalization;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Handoff.Api;

/// <summary>
/// A form that a page sent, proven to come from that page. An endpoint that takes it as an argument can't forget the proof: without it
/// there is no form.
/// What can't be read is kept in <see cref="Unreadable"/>, field by field, and is answered like any refusal. It knows for which fields it
/// was asked: what it holds besides those
/// is refused by <see cref="RefuseOthers"/> before anything is stored.
/// </summary>
public sealed class FormPost
{
    private readonly IFormCollection fields;
    private readonly List<FieldError> unreadable = [];

    // What every form sends.
    private readonly HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase) { "request", "queued" };

    private FormPost(IFormCollection fields, string token)
    {
        this.fields = fields;
        asked.Add(token);
    }

    public IReadOnlyList<FieldError> Unreadable => unreadable;

    /// <summary>Sent from a device's own queue after its line was lost.</summary>
    public bool IsFromQueue => fields["queued"] == "true";

    /// <exception cref="FormExpiredException">The token is missing, old, or another person's.</exception>
    /// <exception cref="BadHttpRequestException">The form is larger than the route takes.</exception>
    public static async ValueTask<FormPost> BindAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw new BadHttpRequestException("Not a form.", StatusCodes.Status415UnsupportedMediaType);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
            ? new(form, context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.FormFieldName)
            : throw new FormExpiredException();
    }

    /// <summary>The same form sent twice is one request; nobody can send in another's name.</summary>
    public Guid Request(Caller caller, string part = "") =>
        Text("request") is { Length: <= 200 } key ? NamedId.From("request", caller.Staff.Id, key + part) : Guid.CreateVersion7();

    /// <summary>
    /// Names fields that the form has and that this sending gives no occasion to read: those of another choice, or of the page that it goes
    /// back to.
    /// </summary>
    public FormPost Takes(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            asked.Add(name);
            asked.Add(name + WhichTime.Suffix);
        }

        return this;
    }

    /// <summary>
    /// Refuses a field that was neither read nor named until now. To be called when the command is made and before it is sent.
    /// </summary>
    /// <exception cref="UnknownFieldException">There is such a field.</exception>
    public void RefuseOthers()
    {
        if (fields.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } unknown)
        {
            throw new UnknownFieldException(UnknownField.Refusing(unknown, "a field"));
        }
    }

    /// <summary>As typed; null if nothing was.</summary>
    public string? Text(string field) => Sent(field).ToString() is { Length: > 0 } typed ? typed : null;

    /// <summary>Every line that holds something.</summary>
    public string[] Lines(string field) =>
        Sent(field).ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public bool Has(string field) => Sent(field).Count > 0;

    /// <summary>Every value that a field was sent with.</summary>
    public IEnumerable<string> Texts(string field) => Sent(field).OfType<string>().Where(value => value.Length > 0);

    public IReadOnlyList<T> Many<T>(string field)
        where T : struct, Enum => [.. Sent(field).Select(v => Named<T>(v)).OfType<T>()];

    public T? One<T>(string field)
        where T : struct, Enum => Named<T>(Text(field));

    public int? Number(string field) =>
        int.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public Guid? Id(string field) => Guid.TryParse(Text(field), out var id) ? id : null;

    /// <summary>Every id among the field's values.</summary>
    public IReadOnlyList<Guid> Ids(string field) =>
        [.. Sent(field).Select(value => Guid.TryParse(value, out var id) ? id : (Guid?)null).OfType<Guid>()];

    /// <summary>A date as browsers send it, or as people type it where the browser has no field for dates: <c>2026-11-21</c>.</summary>
    public DateOnly? Date(string field)
    {
        if (Text(field)?.Trim() is not { Length: > 0 } typed)
        {
            return null;
        }

        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Wrong(field, "Write the date as 2026-11-21.");
        return null;
    }

    /// <summary>An instant that a script noted.</summary>
    public DateTimeOffset? Instant(string field) =>
        DateTimeOffset.TryParse(Text(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>
    /// A time of the last hours, without its day: <c>23:58</c> entered at 00:05 was yesterday, <c>00:30</c> entered at 23:50 is tomorrow;
    /// any other is today, so that <c>18:00</c> entered at 14:00 has not come yet and is not taken for yesterday's.
    /// </summary>
    public DateTimeOffset? Past(string field, UnitTime time, DateTimeOffset now)
    {
        if (Clock(field) is not { } clock)
        {
            return null;
        }

        var today = DateOnly.FromDateTime(time.Local(now).DateTime);
        var day = (time.Instant(today.ToDateTime(clock)) - now).TotalHours switch
        {
            > 12 => today.AddDays(-1),
            < -21 => today.AddDays(1),
            _ => today,
        };

        // In the hour before the clocks go back, the second of the two times has not come: then only the first can be meant.
        return time.Twice(day.ToDateTime(clock)) is var (first, second) && second > now + DecisionContext.ClockSkew
            ? first
            : On(field, day, clock, time);
    }

    /// <summary>The next time that the unit's clock shows what was typed.</summary>
    public DateTimeOffset? Next(string field, UnitTime time, DateTimeOffset now)
    {
        if (Clock(field) is not { } clock)
        {
            return null;
        }

        var today = DateOnly.FromDateTime(time.Local(now).DateTime);
        return time.Twice(today.ToDateTime(clock)) is var (first, second) && first <= now && now < second ? second
            : time.Instant(today.ToDateTime(clock)) > now ? On(field, today, clock, time)
            : On(field, today.AddDays(1), clock, time);
    }

    /// <summary>A day and a time on the unit's clock; today if no day is given.</summary>
    public DateTimeOffset? Moment(string dayField, string clockField, UnitTime time, DateTimeOffset now)
    {
        var day = Date(dayField) ?? DateOnly.FromDateTime(time.Local(now).DateTime);
        return Clock(clockField) is { } clock ? On(clockField, day, clock, time) : null;
    }

    /// <summary>
    /// The instant at which the unit's clock shows a time on a day. A time that it skips is wrong; of one that it shows twice the form must
    /// say which, in a field of the same
    /// name with <see cref="WhichTime.Suffix"/>, and is asked to if it doesn't.
    /// </summary>
    public DateTimeOffset? On(string field, DateOnly day, TimeOnly clock, UnitTime time)
    {
        var (at, wrong) = WhichTime.Read(day.ToDateTime(clock), Text(field + WhichTime.Suffix), time);
        if (wrong is { } one)
        {
            Wrong(field + one.Suffix, one.Words);
        }

        return at;
    }

    public void Wrong(string field, string words)
    {
        if (unreadable.All(known => known.Field != field))
        {
            unreadable.Add(new(field, words));
        }
    }

    public SubmittedForm Attempt(params IReadOnlyList<FieldError> errors) => Web.Components.SubmittedForm.FromForm(fields, errors);

    /// <summary>A time of day as people type it: <c>14:30</c>, <c>1430</c>.</summary>
    public TimeOnly? Clock(string field)
    {
        asked.Add(field + WhichTime.Suffix);
        if (Text(field)?.Trim() is not { Length: > 0 } typed)
        {
            return null;
        }

        if (
            TimeOnly.TryParseExact(
                typed,
                ["HH:mm", "H:mm", "HHmm", "Hmm"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var clock
            )
        )
        {
            return clock;
        }

        Wrong(field, "Write the time as 14:30.");
        return null;
    }

    private StringValues Sent(string field)
    {
        asked.Add(field);
        return fields[field];
    }

    private static T? Named<T>(string? value)
        where T : struct, Enum => Enum.TryParse<T>(value, out var one) && Enum.IsDefined(one) && !char.IsAsciiDigit(value![0]) ? one : null;
}
