using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CordisPulse.Core.Hosting;

/// <summary>
/// Finds settings that the configuration binder could not convert. The binder stops at the first with an exception that does
/// not say what is allowed; these are lines that do.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>One line for each value under <paramref name="section"/> that does not fit its property of <paramref name="options"/>.</summary>
    public static IReadOnlyList<string> Unreadable(IConfigurationSection section, Type options)
    {
        var problems = new List<string>();
        Walk(section, options, problems);
        return problems;
    }

    private static void Walk(IConfigurationSection section, Type options, List<string> problems)
    {
        foreach (var property in options.GetProperties())
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var child = section.GetSection(property.Name);
            if (!child.Exists() || type == typeof(string))
                continue;
            if (type.IsGenericType)
            {
                foreach (var entry in child.GetChildren())
                    Walk(entry, type.GetGenericArguments()[0], problems);
            }
            else if (!type.IsValueType)
            {
                Walk(child, type, problems);
            }
            else if (property.CanWrite && !IsReadable(child.Value, type, isOptional: type != property.PropertyType))
            {
                problems.Add($"{child.Path} is \"{child.Value}\"; allowed: {Allowed(type)}.");
            }
        }
    }

    private static bool IsReadable(string? value, Type type, bool isOptional)
    {
        if (string.IsNullOrEmpty(value))
            return isOptional;
        // Enum.Parse would also take numbers, even those that no name has.
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase);
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, value);
            return true;
        }
        // Number converters wrap what went wrong in a plain Exception.
        catch (Exception)
        {
            return false;
        }
    }

    private static string Allowed(Type type) =>
        type.IsEnum ? string.Join(", ", Enum.GetNames(type))
        : type == typeof(bool) ? "true, false"
        : type == typeof(TimeSpan) ? "a length of time as hours:minutes:seconds, such as 00:01:30"
        : "a whole number";
}
