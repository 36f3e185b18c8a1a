package dev.pagecache.frameworks;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** What Faces pages ask for their text. */
@Named
@RequestScoped
public class Greeting {
    public String getText() {
        return "Welcome";
    }
}
