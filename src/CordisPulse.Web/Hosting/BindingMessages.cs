using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace CordisPulse.Web.Hosting;

/// <summary>What a form says of a value that its field can't hold, in place of the framework's words, which name properties.</summary>
internal static class BindingMessages
{
    private const int LongestQuoted = 40;

    public static void Set(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => Odd(value));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(Odd);
        messages.SetValueIsInvalidAccessor(Odd);
        messages.SetUnknownValueIsInvalidAccessor(_ => "What was sent does not fit here.");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "What was sent does not fit here.");
        messages.SetValueMustNotBeNullAccessor(_ => "Fill this in.");
        messages.SetMissingBindRequiredValueAccessor(_ => "Fill this in.");
        messages.SetMissingKeyOrValueAccessor(() => "Fill this in.");
    }

    private static string Odd(string value)
        => $"“{(value.Length > LongestQuoted ? value[..LongestQuoted] + "…" : value)}” does not fit here.";
}
