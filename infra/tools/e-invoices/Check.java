import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mustangproject.validator.ZUGFeRDValidator;

/** Prints a line for each file, and its errors. Exits with 1 when a file is invalid. */
public class Check {
  private static final Pattern ERROR = Pattern.compile("<error[^>]*>([^<]*)");

  public static void main(String[] files) {
    boolean areValid = true;
    for (String file : files) {
      ZUGFeRDValidator validator = new ZUGFeRDValidator();
      validator.disableNotices();
      String report = validator.validate(file);
      // Mustang calls a file valid when only the PDF/A of its pages is not.
      boolean isValid =
          validator.wasCompletelyValid() && (!file.endsWith(".pdf") || report.contains("flavour=3b") && report.contains("isCompliant=true"));
      System.out.println((isValid ? "valid    " : "INVALID  ") + file);
      for (Matcher error = ERROR.matcher(report); error.find(); ) System.out.println("         " + error.group(1));
      areValid &= isValid;
    }
    System.exit(areValid ? 0 : 1);
  }
}
