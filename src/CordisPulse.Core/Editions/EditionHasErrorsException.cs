using System.Globalization;
using CordisPulse.Core.Editions.Checks;

namespace CordisPulse.Core.Editions;

/// <summary>Publishing was refused: the message lists what is wrong, a line each.</summary>
public sealed class EditionHasErrorsException(EditionMonth month, IReadOnlyList<Finding> errors) : RefusedException(Describe(month, errors))
{
    public IReadOnlyList<Finding> Errors { get; } = errors;

    private static string Describe(EditionMonth month, IReadOnlyList<Finding> errors)
        => string.Join(Environment.NewLine, errors
            .Select(error => $"  {error.Kind}: {(error.Title is null ? "" : $"“{error.Title}”: ")}{error.Message}")
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{month.Title} was not published: {errors.Count} error{(errors.Count == 1 ? "" : "s")}.")));
}
