package dev.pagecache.sample.tag;

import jakarta.servlet.jsp.JspContext;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import java.util.List;

/** Renders its body once per item. Confined to one request. */
public final class EachTag extends SimpleTagSupport {

    private Iterable<?> items = List.of();
    private String var = "";

    /**
     * What to go through.
     *
     * @param items none of them null
     */
    public void setItems(Iterable<?> items) {
        this.items = items;
    }

    /**
     * Name under which the body finds the item.
     *
     * @param var a name of the page scope
     */
    public void setVar(String var) {
        this.var = var;
    }

    @Override
    public void doTag() throws JspException, IOException {
        JspContext context = getJspContext();
        for (Object item : items) {
            context.setAttribute(var, item);
            getJspBody().invoke(null);
        }
        context.removeAttribute(var);
    }
}
