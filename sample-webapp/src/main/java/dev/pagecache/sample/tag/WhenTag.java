package dev.pagecache.sample.tag;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;

/** Renders its body if its test is true. Confined to one request. */
public final class WhenTag extends SimpleTagSupport {

    private boolean test;

    /**
     * The condition.
     *
     * @param test whether the body is rendered
     */
    public void setTest(boolean test) {
        this.test = test;
    }

    @Override
    public void doTag() throws JspException, IOException {
        if (test) {
            getJspBody().invoke(null);
        }
    }
}
