import java.io.FileInputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates each file against PDF/A-3a and PDF/UA-1; prints file, profile, PASS or FAIL and the failed rules. */
public class Validate {
    private static final List<String> PROFILES = List.of("3a", "ua1");

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (String profile : PROFILES) {
                System.out.println(String.join("\t", file, profile, verdict(file, PDFAFlavour.byFlavourId(profile))));
            }
        }
    }

    private static String verdict(String file, PDFAFlavour flavour) throws Exception {
        try (var stream = new FileInputStream(file);
             var parser = Foundries.defaultInstance().createParser(stream, flavour);
             var validator = Foundries.defaultInstance().createValidator(flavour, true)) {
            ValidationResult result = validator.validate(parser);
            String rules = result.getFailedChecks().keySet().stream()
                .map(rule -> rule.getClause() + "-" + rule.getTestNumber())
                .sorted().collect(Collectors.joining(" "));
            return (result.isCompliant() ? "PASS" : "FAIL") + "\t" + rules;
        }
    }
}
