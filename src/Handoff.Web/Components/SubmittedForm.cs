using Microsoft.Extensions.Primitives;

namespace Handoff.Web.Components;

/// <summary>What is wrong with one field, in words that say what to do. An empty field name means the form as a whole.</summary>
public sealed record FieldError(string Field, string Words);

/// <summary>A form that was sent and refused: what was typed, so that it is kept, and what is wrong with it.</summary>
public sealed record SubmittedForm(IReadOnlyDictionary<string, StringValues> Entered, IReadOnlyList<FieldError> Errors)
{
    /// <summary>From the posted fields, which may hold a password: it is not kept.</summary>
    public static SubmittedForm FromForm(IEnumerable<KeyValuePair<string, StringValues>> form, params IReadOnlyList<FieldError> errors) =>
        new(form.Where(field => field.Key != "password").ToDictionary(field => field.Key, field => field.Value), errors);

    /// <summary>Without what was typed into a field that must not be shown again.</summary>
    public SubmittedForm Without(string field) =>
        this with
        {
            Entered = Entered.Where(entered => entered.Key != field).ToDictionary(entered => entered.Key, entered => entered.Value),
        };

    /// <summary>The words for a field's error; null if the field is right.</summary>
    public string? ErrorOf(string field) => Errors.FirstOrDefault(error => error.Field == field)?.Words;

    /// <summary>What was typed into a field; null if the field was not sent.</summary>
    public string? Value(string field) => Entered.TryGetValue(field, out var values) ? values.ToString() : null;

    /// <summary>Whether a choice was made.</summary>
    public bool Chose(string field, string value) => Entered.TryGetValue(field, out var values) && values.Contains(value);
}
